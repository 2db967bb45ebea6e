import { describe, expect, it, vi } from 'vitest'
import type { TurnOutcome } from '../../../src/room/state/state.ts'
import { TestRoom, Told } from './test-room.ts'

const members = [
  { session: 's-ann', username: 'Ann' },
  { session: 's-ben', username: 'Ben' },
]
const pair = { home: 'hall', members, invited: 's-ben' }

interface Write {
  /** Fails every statement from the `n`-th on, after it has written. */
  fails: RegExp
  n?: number
  arrange?(room: TestRoom): void
  turn(room: TestRoom): TurnOutcome
}

const WRITES: [string, Write][] = [
  [
    'the creation of a room',
    {
      fails: /INTO room/,
      arrange: (room) => room.open('ann'),
      turn: ({ core, now }) => core.make({ kind: 'open', owner: 's-ann' }, now),
    },
  ],
  [
    'the wait of a private room',
    {
      fails: /INTO room/,
      arrange: ({ core, now }) => core.openPair({ ...pair, invited: 's-ann' }, now),
      turn: ({ core, now }) => core.openPair(pair, now),
    },
  ],
  [
    'the end of a reported visit',
    {
      fails: /INTO room/,
      arrange: ({ core, now }) => core.openPair(pair, now),
      turn: ({ core, now }) => core.visitTold('s-ben', now),
    },
  ],
  [
    'the visit of an invited person',
    {
      fails: /FROM invitations/,
      arrange(room) {
        room.enter('ann')
        room.store.invite('ben', { room: 'pair', inviter: 'ann' })
      },
      turn: ({ core, now }) => core.visited('ben', 'pair', now),
    },
  ],
  [
    'the save of two dead sockets’ read markers',
    {
      fails: /SET read/,
      n: 2,
      arrange(room) {
        const [ann, ben] = [room.enter('ann'), room.enter('ben')]
        room.send(ann, 'updateChat', { body: 'tea?' })
        for (const tab of [ann, ben]) room.send(tab, 'markRead', { seq: 1 })
        room.die(ann, ben)
      },
      turn: ({ core, now }) => core.wake(now),
    },
  ],
]

/** The whole content of the storage. */
function contentOf({ sql }: TestRoom): unknown {
  const tables = sql.run("SELECT name FROM sqlite_master WHERE type = 'table'")
  return tables.map(({ name }) => [name, sql.run(`SELECT * FROM ${name}`)])
}

function arranged({ arrange }: Write): TestRoom {
  const room = new TestRoom()
  arrange?.(room)
  return room
}

describe.each(WRITES)('a storage failure during %s', (_name, write) => {
  it('[FS1] stores nothing of the turn', () => {
    const room = arranged(write)
    const before = contentOf(room)
    const run = room.sql.run.bind(room.sql)
    let times = 0
    const failing = vi.spyOn(room.sql, 'run').mockImplementation((statement, ...values) => {
      const rows = run(statement, ...values)
      if (!write.fails.test(statement) || ++times < (write.n ?? 1)) return rows
      throw new Error('The storage failed')
    })
    expect(() => write.turn(room)).toThrow('The storage failed')
    failing.mockRestore()
    expect(contentOf(room)).toEqual(before)
  })
})

it.each(WRITES)('[FS2] after %s, everything due is sent in the same turn', (_name, write) => {
  const room = arranged(write)
  const cleo = room.open('cleo', { session: 's-ann' })
  const dan = room.open('dan', { session: 's-ben' })
  if (room.core.record === undefined) return
  room.join(cleo)
  room.join(dan)
  room.wait(2_000)
  room.send(cleo, 'userTyping', { username: 'cleo' })
  room.now += 1_000
  expect(new Told(write.turn(room)).events(dan)).toContain('userTyping')
})
