import { describe } from 'vitest'
import { SqlStore } from '../../../src/platform/sql/sql-store.ts'
import { NodeSql } from '../../../tools/node-sql.ts'
import { ROOM } from '../../store/storage.ts'
import { storeContract } from '../../store/store-contract.ts'

describe("a room's store in Node", () => {
  storeContract(async (work) => {
    const sql = new NodeSql()
    try {
      work({
        open: () => new SqlStore(sql, ROOM),
        get rowsWritten() {
          return sql.rowsWritten
        },
      })
    } finally {
      sql.close()
    }
  })
})
