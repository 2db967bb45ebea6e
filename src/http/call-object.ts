import { isMarked } from './unavailable.ts'

/** Clients of one object do not all come back at once. */
const PAUSE_MS = 100

/**
 * Calls an object, and once more where the platform says that this may help: it was moved or has restarted. An object that
 * is overloaded is left alone. Only for what may be done twice.
 */
export async function callObject<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (fault) {
    if (!isMarked(fault, 'retryable') || isMarked(fault, 'overloaded')) throw fault
    await scheduler.wait(Math.random() * PAUSE_MS)
    return call()
  }
}
