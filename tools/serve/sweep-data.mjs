import { globSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The size of a database without a table; one whose tables are still in its journal has it too. */
const EMPTY_BYTES = 4_096

/**
 * Deletes the databases that hold nothing: of rooms that were erased or only looked at, and of quotas that are full again.
 * workerd makes one for each object that is called, and keeps it. No server may use the folder meanwhile.
 *
 * @param {string} folder
 */
export function sweepData(folder) {
  for (const name of globSync('*/*.sqlite', { cwd: folder })) {
    const path = join(folder, name)
    if (statSync(path).size <= EMPTY_BYTES && isEmpty(path))
      for (const end of ['', '-shm', '-wal']) rmSync(path + end, { force: true })
  }
}

/** @param {string} path */
function isEmpty(path) {
  const database = new DatabaseSync(path)
  try {
    return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
  } finally {
    database.close()
  }
}
