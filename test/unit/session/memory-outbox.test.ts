import { describe } from 'vitest'
import { MemoryOutbox } from '../../../client/session/index.ts'
import { outboxContract } from './outbox-contract.ts'

describe('an outbox in memory', () => {
  outboxContract(async () => {
    const store = new MemoryOutbox()
    return { here: store, there: store, reopen: async () => store }
  })
})
