import { expect, it } from 'vitest'
import type { SqlStore } from '../../src/platform/sql/sql-store.ts'
import { NodeSql } from '../../tools/node-sql.ts'
import { drawHistory } from './draw-history.ts'
import { playHistory } from './run-history.ts'
import type { Simulation } from './simulation.ts'

/** A healthy simulation proves nothing unless it finds a sick room. */
const MOST_HISTORIES = 400

function withStore(spoil: (store: SqlStore) => void): (story: Simulation) => void {
  return ({ storage }) => {
    const open = storage.open.bind(storage)
    storage.open = () => {
      const store = open()
      spoil(store)
      return store
    }
  }
}

const SICK: [string, string, (story: Simulation) => void][] = [
  [
    'acks and tells what it could not commit',
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
    'does not find what it has stored before',
    'once',
    withStore((store) => {
      store.find = () => undefined
    }),
  ],
  [
    'leaves out the first change of a resume',
    'suffix|live',
    withStore((store) => {
      const replay = store.replay.bind(store)
      store.replay = (after, limit) => {
        const entries = replay(after, limit)
        return entries.length > 1 ? entries.slice(1) : entries
      }
    }),
  ],
  [
    'keeps the texts of edits whose message was deleted',
    'forgotten|suffix|durable',
    withStore((store) => {
      store.redact = () => {}
    }),
  ],
  [
    'does not keep what an edit made of its message',
    'page|suffix|durable|forgotten',
    withStore((store) => {
      store.saveMessage = () => {}
    }),
  ],
  [
    'does not put away who has joined',
    'present|stuck|calm|refused',
    ({ platform }) => {
      const keep = platform.keep.bind(platform)
      platform.keep = (line, connection) => {
        if (!connection?.joined) keep(line, connection)
      }
    },
  ],
]

it.each(SICK)('[SIM5] finds a room that %s: %s', async (_, rule, spoil) => {
  const sql = new NodeSql()
  const found = await firstFault(async (seed) => {
    await playHistory(drawHistory(seed), { sql, spoil })
  })
  expect(found).toMatch(new RegExp(`^(${rule}): `))
})

it('[SIM8] finds an outbox that loses what was typed: kept', async () => {
  const sql = new NodeSql()
  const found = await firstFault(async (seed) => {
    const spoil = ({ persons }: Simulation): void => {
      for (const { outbox } of persons) {
        const list = outbox.list.bind(outbox)
        outbox.list = async (room) => (await list(room)).filter(({ order }) => order % 5 !== 0)
      }
    }
    await playHistory(drawHistory(seed), { sql, spoil })
  })
  expect(found).toMatch(/^kept: /)
})

async function firstFault(playOne: (seed: number) => Promise<void>): Promise<string> {
  for (let seed = 1; seed <= MOST_HISTORIES; seed++) {
    try {
      await playOne(seed)
    } catch (fault) {
      return fault instanceof Error ? fault.message : String(fault)
    }
  }
  return 'nothing was found'
}
