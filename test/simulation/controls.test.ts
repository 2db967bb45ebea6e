import { expect, it } from 'vitest'
import type { SqlStore } from '../../src/platform/sql/sql-store.ts'
import { NodeSql } from '../../tools/node-sql.ts'
import { drawHistory } from './draw-history.ts'
import { runHistory } from './run-history.ts'
import type { Simulation } from './simulation.ts'

/** The simulation has to find each sabotaged room within this many histories. */
const MOST_HISTORIES = 400

function withStore(sabotage: (store: SqlStore) => void): (simulation: Simulation) => void {
  return ({ storage }) => {
    const open = storage.open.bind(storage)
    storage.open = () => {
      const store = open()
      sabotage(store)
      return store
    }
  }
}

const BROKEN: [string, string, (simulation: Simulation) => void][] = [
  [
    'acks and publishes a change whose commit failed',
    'durable|live',
    withStore((store) => {
      const transaction = store.transaction.bind(store)
      store.transaction = <T>(work: () => T): T => {
        let result: { value: T } | undefined
        try {
          return transaction(() => {
            result = { value: work() }
            return result.value
          })
        } catch (fault) {
          if (result === undefined) throw fault
          return result.value
        }
      }
    }),
  ],
  [
    'does not recognise a change that it stored before',
    'once',
    withStore((store) => {
      store.find = () => undefined
    }),
  ],
  [
    'sends the second change of a resume in the place of the first',
    'suffix|live',
    withStore((store) => {
      const replay = store.replay.bind(store)
      store.replay = (after, limit) => {
        const [first, second, ...others] = replay(after, limit)
        return first && second ? [second, second, ...others] : replay(after, limit)
      }
    }),
  ],
  [
    'keeps the texts of a deleted message’s edits',
    'forgotten|suffix|durable',
    withStore((store) => {
      store.redact = () => {}
    }),
  ],
  [
    'does not store a message’s new text after an edit',
    'page|suffix|durable|forgotten',
    withStore((store) => {
      store.saveMessage = () => {}
    }),
  ],
  [
    'does not store joins with the socket',
    'present|stuck|calm|refused',
    ({ platform }) => {
      const save = platform.saveAttachment.bind(platform)
      platform.saveAttachment = (line, connection) => {
        if (!connection?.joined) save(line, connection)
      }
    },
  ],
]

it.each(BROKEN)('[SIM5] the simulation finds a room that %s: %s', async (_, rule, sabotage) => {
  const sql = new NodeSql()
  const found = await firstFault(async (seed) => {
    await runHistory(drawHistory(seed), { sql, sabotage })
  })
  expect(found).toMatch(new RegExp(`^(${rule}): `))
})

it('[SIM8] the simulation finds an outbox that loses changes: kept', async () => {
  const sql = new NodeSql()
  const found = await firstFault(async (seed) => {
    const sabotage = ({ persons }: Simulation): void => {
      for (const { outbox } of persons) {
        const list = outbox.list.bind(outbox)
        outbox.list = async (room) => (await list(room)).filter(({ order }) => order % 5 !== 0)
      }
    }
    await runHistory(drawHistory(seed), { sql, sabotage })
  })
  expect(found).toMatch(/^kept: /)
})

async function firstFault(runOne: (seed: number) => Promise<void>): Promise<string> {
  for (let seed = 1; seed <= MOST_HISTORIES; seed++) {
    try {
      await runOne(seed)
    } catch (fault) {
      return fault instanceof Error ? fault.message : String(fault)
    }
  }
  return 'no fault was found'
}
