import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe } from 'vitest'
import { DurableSql } from '../../src/platform/sql/durable-sql.ts'
import { SqlStore } from '../../src/platform/sql/sql-store.ts'
import { ROOM } from '../store/storage.ts'
import { storeContract } from '../store/store-contract.ts'
import { freshRoom } from './raw-client.ts'

describe("a room's store in a Durable Object", () => {
  storeContract((work) =>
    runInDurableObject(env.ROOMS.getByName(freshRoom()), (_instance, { storage }) => {
      const sql = new DurableSql(storage)
      work({
        open: () => new SqlStore(sql, ROOM),
        get rowsWritten() {
          return sql.rowsWritten
        },
      })
    }),
  )
})
