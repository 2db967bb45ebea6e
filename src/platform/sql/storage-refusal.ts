import { StorageRefused } from '../../room/model/storage-refused.ts'

/** What SQLite says of a statement that is wrong in itself: a fault of ours. */
const WRONG = /SQLITE_(?:ERROR|CONSTRAINT|MISMATCH|RANGE|TOOBIG|MISUSE|AUTH|SCHEMA)/
const FULL = /SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN)/
/** "Exceeded allowed rows written in Durable Objects free tier." */
const DAY_USED_UP = ['Exceeded allowed ', ' free tier']

/** Runs one operation of the storage. Its failure is the platform's refusal, unless the operation was wrong. */
export function orRefused<T>(operation: () => T): T {
  try {
    return operation()
  } catch (fault) {
    if (!isRefusal(fault)) throw fault
    throw new StorageRefused(fault.message, isDayUsedUp(fault))
  }
}

/** Whether the plan's share of a day is used up, by what the platform says. */
export function isDayUsedUp(fault: unknown): boolean {
  return fault instanceof Error && DAY_USED_UP.every((words) => fault.message.includes(words))
}

/** Whether a disk or a database is full or broken, by what SQLite says. */
export function isStorageFull(fault: unknown): boolean {
  return fault instanceof Error && FULL.test(fault.message)
}

function isRefusal(fault: unknown): fault is Error {
  return fault instanceof Error && !(fault instanceof TypeError) && !WRONG.test(fault.message)
}
