import { globSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const LOCK = 'lock.sqlite'
/** workerd keeps one in the folder of each class of objects, open from start to end. */
const OPEN_FILES = '*/metadata.sqlite'

/**
 * Locks a folder of rooms for this process, which unlocks it when it ends in any way. Answers false if another process
 * uses it: one that has locked it, or a workerd that has outlived the process that started it.
 *
 * @param {string} folder
 */
export function lockData(folder) {
  mkdirSync(folder, { recursive: true })
  const lock = new DatabaseSync(join(folder, LOCK))
  process.once('exit', () => lock.close())
  return (
    isDone(lock, 'BEGIN EXCLUSIVE') &&
    globSync(OPEN_FILES, { cwd: folder }).every((path) => isAlone(join(folder, path)))
  )
}

/** Whether no process has a database open: while one has, its journal cannot change. @param {string} path */
function isAlone(path) {
  const database = new DatabaseSync(path)
  try {
    return isDone(database, 'PRAGMA journal_mode = DELETE')
  } finally {
    database.close()
  }
}

/**
 * @param {DatabaseSync} database
 * @param {string} statement
 */
function isDone(database, statement) {
  try {
    database.exec(statement)
    return true
  } catch (fault) {
    if (fault instanceof Error && /locked/.test(fault.message)) return false
    throw fault
  }
}
