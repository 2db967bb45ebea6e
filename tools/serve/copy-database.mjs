import { backup, DatabaseSync } from 'node:sqlite'

/** All pages in one step: otherwise each change of the room would start the copy again. */
const ALL_PAGES = 2 ** 31 - 1

/**
 * Copies a database as it is at one moment, while a server may write to it.
 *
 * @param {string} from
 * @param {string} to
 */
export async function copyDatabase(from, to) {
  const database = new DatabaseSync(from, { timeout: 5_000 })
  try {
    await backup(database, to, { rate: ALL_PAGES })
  } finally {
    database.close()
  }
}
