import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RoomAction } from '../../../src/room/model/actions.ts'
import type { Connection } from '../../../src/room/state/connection.ts'
import { TestRoom, type Told } from './test-room.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Ann owns the room, Ben is in it. Ann has said one thing. */
function furnished(): { room: TestRoom; ann: Connection; ben: Connection } {
  const room = new TestRoom()
  room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
  const [ann, ben] = [room.enter('ann'), room.enter('ben')]
  room.send(ann, 'updateChat', { body: 'tea?', id: 'm1' })
  return { room, ann, ben }
}

function contentOf({ sql }: TestRoom): unknown {
  const tables = sql.run("SELECT name FROM sqlite_master WHERE type = 'table'")
  return tables.map(({ name }) => [name, sql.run(`SELECT * FROM ${name}`)])
}

const errorOf = (told: Told, to: Connection) => told.the(to, 'error')

const WRITES: [string, object][] = [
  ['updateChat', { body: 'cake?' }],
  ['editChat', { ref: 1, body: 'coffee?' }],
  ['deleteChat', { ref: 1 }],
  ['react', { ref: 1, emoji: '👍', on: true }],
  ['setTopic', { topic: 'tea' }],
  ['userRename', { username: 'Anna' }],
  ['newRoom', { username2: 'ben' }],
  ['dismissRoom', { invite: 'a'.repeat(26) }],
]
const CHANGES = new Set(['updateChat', 'editChat', 'deleteChat', 'react', 'setTopic'])

const ACTIONS: RoomAction[] = [
  { kind: 'set', change: { locked: true } },
  { kind: 'moderate', what: { action: 'ban', by: 'ben' } },
  { kind: 'report', what: { ref: 1, reason: '' } },
  { kind: 'block', by: 'ben', on: true },
  { kind: 'setOwn', change: { refusesStrangers: true } },
  { kind: 'makeLink', link: { role: 'member' }, hash: 'h' },
]

describe('while the storage refuses to write', () => {
  it.each(WRITES)(
    '[WR1] %s is refused as unavailable, nothing is stored, and everyone stays',
    (event, data) => {
      const { room, ann, ben } = furnished()
      const before = contentOf(room)
      room.refuseWrites()
      // These two write nothing in this turn: the room knows by another that it cannot write.
      if (!CHANGES.has(event) && event !== 'userRename') room.send(ben, 'updateChat', { body: 'no' })
      const told = room.send(ann, event, { ...data, id: 'c1' })
      const id = CHANGES.has(event) ? { id: 'c1' } : {}
      expect(errorOf(told, ann)).toMatchObject({ code: 'unavailable', retryAfter: MINUTE_MS, ...id })
      expect(told.outcome.deliveries.some(({ close }) => close)).toBe(false)
      expect(told.events(ben).filter((one) => one !== 'activeUsers')).toEqual([])
      room.allowWrites()
      expect(contentOf(room)).toEqual(before)
      expect(room.core.online).toBe(2)
    },
  )

  it.each(WRITES)('[WR2] %s that fails after its first write leaves memory as it was', (event, data) => {
    const { room, ann } = furnished()
    room.refuseWrites({ after: 1 })
    room.send(ann, event, data)
    room.allowWrites()
    expect(room.core.record).toEqual(room.store.record())
    const cleo = room.open('cleo')
    expect(room.join(cleo).the(cleo, 'msgHistory')).toEqual(room.store.page({ limit: 50 }))
  })

  it.each(ACTIONS)('[WR3] the action $kind is refused as unavailable', (action) => {
    const { room } = furnished()
    room.send(room.enter('cleo'), 'updateChat', { body: 'hello' })
    const before = contentOf(room)
    room.refuseWrites()
    const by =
      action.kind === 'moderate' || action.kind === 'set' || action.kind === 'makeLink' ? 'ann' : 'cleo'
    expect(room.act(by, action).answer).toEqual({ ok: false, code: 'unavailable', retryAfter: MINUTE_MS })
    expect(contentOf(room)).toEqual(before)
  })

  it('[WR4] moderators still read, and someone who asks to be forgotten is told to wait', () => {
    const { room } = furnished()
    room.refuseWrites()
    const kinds = ['listPeople', 'listLinks', 'forget'] as const
    expect(kinds.map((kind) => room.ask(kind === 'forget' ? 'ben' : 'ann', { kind }))).toEqual([
      'ok',
      'ok',
      'unavailable',
    ])
    expect(room.ask('ann', { kind: 'listNotes', before: 1e9, limit: 10 })).toBe('ok')
  })

  it('[WR5] what only reads goes on, in the very turn that was refused', () => {
    const { room, ann, ben } = furnished()
    room.send(ann, 'updateChat', { body: 'or coffee?' })
    room.send(ben, 'markRead', { seq: 1 })
    room.refuseWrites()
    const told = room.turn(
      [ben, 'markRead', { seq: 2 }],
      [ann, 'updateChat', { body: 'cake?' }],
      [ben, 'msgHistory', { limit: 10 }],
      [ben, 'userTyping', { username: 'ben' }],
    )
    expect(told.events(ben)).toContain('msgHistory')
    expect(told.events(ann)).toEqual(expect.arrayContaining(['userTyping', 'error']))
    expect([ben.read, told.outcome.touched.has(ben)]).toEqual([2, true])
  })

  it('[WR6] a repeat of a stored change is acknowledged', () => {
    const { room, ann } = furnished()
    room.refuseWrites()
    room.send(ann, 'updateChat', { body: 'cake?' })
    expect(room.send(ann, 'updateChat', { body: 'tea?', id: 'm1' }).the(ann, 'ack')).toMatchObject({ seq: 1 })
  })

  it('[WR7] a stranger joins and reads, and is saved with the first thing that they write', () => {
    const { room, ann } = furnished()
    room.refuseWrites()
    const cleo = room.open('cleo')
    const welcome = room.join(cleo)
    expect(welcome.events(cleo).slice(0, 3)).toEqual(['joined', 'activeUsers', 'msgHistory'])
    expect(errorOf(room.send(cleo, 'updateChat', { body: 'hello' }), cleo)).toMatchObject({
      code: 'unavailable',
    })
    expect(room.store.person('cleo')).toBeUndefined()
    room.allowWrites()
    room.wait(MINUTE_MS)
    expect(room.store.person('cleo')).toBeUndefined()
    expect(room.send(cleo, 'updateChat', { body: 'hello' }).events(ann)).toContain('updateChat')
    expect(room.store.person('cleo')).toMatchObject({ username: 'cleo', role: 'member' })
    expect(cleo.unsaved).toBeUndefined()
  })

  it('[WR8] a stranger’s name is theirs all the same, also after the room slept', () => {
    const { room } = furnished()
    room.refuseWrites()
    room.join(room.open('cleo'))
    const dan = room.open('dan')
    room.sleep()
    const again = [...room.core.connections].find(({ by }) => by === 'dan') ?? dan
    expect(errorOf(room.send(again, 'userJoin', { username: 'Cleo' }), again)).toMatchObject({
      code: 'name-taken',
    })
  })

  it('[WR9] someone known keeps the name that is stored', () => {
    const { room } = furnished()
    room.refuseWrites()
    const tab = room.open('ben')
    expect(room.send(tab, 'userJoin', { username: 'Benjamin' }).the(tab, 'joined')).toMatchObject({
      username: 'ben',
    })
  })

  it('[WR10] a room that has not begun tells who comes to wait, and begins later', () => {
    const room = new TestRoom()
    // Some tables are made before one is refused, and the last statement of all.
    room.refuseWrites({ after: 40 })
    const ann = room.open('ann')
    const told = room.join(ann)
    expect(errorOf(told, ann)).toMatchObject({ code: 'unavailable', retryAfter: MINUTE_MS })
    expect(told.closed(ann)).toBeUndefined()
    room.allowWrites()
    room.wait(MINUTE_MS)
    expect(room.join(ann).events(ann)).toContain('joined')
    expect(room.store.person('ann')).toBeDefined()
  })

  it('[WR11] calls of other rooms are refused, and their answers change nothing', () => {
    const { room, ann } = furnished()
    const call = room.send(ann, 'newRoom', { username2: 'ben' }).roomCalls[0]
    if (call?.kind !== 'openPair') throw new Error('No private room was asked for')
    room.core.pairOpened(call, false, room.now)
    const before = contentOf(room)
    room.refuseWrites()
    const pair = { home: 'hall', members: [], invited: 's-ben' }
    const { core, now } = room
    const refusals = [
      new TestRoom().core.openPair(pair, now).value.ok,
      core.visited('ben', call.room, now).value.ok,
      core.withdrawn('ben', call.room, now).value.ok,
      core.visitTold('s-ben', now).value.ok,
      core.mayErase(now).value.ok,
      core.transferOwnership({ by: 'ben', before: 'ann' }, now).value.ok,
    ]
    expect(refusals).toEqual([true, false, false, false, false, false])
    core.pairOpened(call, false, now)
    expect(contentOf(room)).toEqual(before)
  })

  it('[WR12] a leave and maintenance do not fail', () => {
    const { room, ann, ben } = furnished()
    room.act('ann', { kind: 'set', change: { retention: '7d' } })
    room.send(ben, 'markRead', { seq: 1 })
    room.refuseWrites()
    expect(errorOf(room.send(ann, 'updateChat', { body: 'cake?' }), ann)).toMatchObject({
      code: 'unavailable',
    })
    room.leave(ben)
    room.wait(5_000)
    expect(room.core.online).toBe(1)
    const now = room.now + 20 * DAY_MS
    const [batch] = room.core.dueBatches(now)
    if (batch === undefined) throw new Error('Nothing is due')
    room.core.maintain(batch, now)
    room.core.maintain(batch, now)
    expect(room.core.dueBatches(now)).toEqual([])
    expect(room.core.maintenanceDue(now)).toBe(now + 2 * MINUTE_MS)
  })
})

describe('the next try to write', () => {
  const askedAt = (room: TestRoom, ann: Connection, ms: number) => {
    room.now += ms
    const { retryAfter, until } = Object(errorOf(room.send(ann, 'updateChat', { body: 'cake?' }), ann))
    return { retryAfter, ...(until === undefined ? {} : { until }) }
  }

  it('[WR13] comes after a minute, then each time later, and no sooner', () => {
    const { room, ann } = furnished()
    room.refuseWrites()
    const waits = [0, 20_000, 40_000, 2 * MINUTE_MS, 4 * MINUTE_MS, 8 * MINUTE_MS, 15 * MINUTE_MS]
    expect(waits.map((ms) => askedAt(room, ann, ms).retryAfter / MINUTE_MS)).toEqual([
      1,
      2 / 3,
      2,
      4,
      8,
      15,
      15,
    ])
    room.now += 14 * MINUTE_MS
    room.allowWrites()
    expect(errorOf(room.send(ann, 'updateChat', { body: 'cake?' }), ann)).toMatchObject({
      code: 'unavailable',
    })
    room.now += MINUTE_MS
    expect(room.send(ann, 'updateChat', { body: 'cake?' }).the(ann, 'ack')).toMatchObject({ seq: 2 })
    room.refuseWrites()
    expect(askedAt(room, ann, 0).retryAfter).toBe(MINUTE_MS)
  })

  it('[WR14] comes at 00:00 UTC at the latest where the day is used up, and says so', () => {
    const { room, ann } = furnished()
    room.now = 5 * DAY_MS - 90_000
    room.refuseWrites({ isDayUsedUp: true })
    expect(askedAt(room, ann, 0)).toEqual({ retryAfter: MINUTE_MS, until: 5 * DAY_MS })
    expect(askedAt(room, ann, MINUTE_MS)).toEqual({ retryAfter: 30_000, until: 5 * DAY_MS })
    room.allowWrites()
    room.now += 30_000
    expect(room.send(ann, 'updateChat', { body: 'cake?' }).events(ann)).toContain('ack')
  })

  it('[WR15] does not wait for a clock that was set back', () => {
    const { room, ann } = furnished()
    room.now += 10 * DAY_MS
    room.refuseWrites()
    expect(askedAt(room, ann, 0)).toEqual({ retryAfter: MINUTE_MS })
    room.allowWrites()
    room.now -= DAY_MS
    expect(room.send(ann, 'updateChat', { body: 'cake?' }).events(ann)).toContain('ack')
  })
})

it('[WR16] whenever a write is refused, everyone hears exactly what is stored, and memory is what is stored', () => {
  const happening = fc.record({
    who: fc.nat(3),
    event: fc.constantFrom(...WRITES, ['userJoin', {}] as [string, object]),
    refuses: fc.option(fc.nat(4), { nil: undefined }),
    ms: fc.constantFrom(0, 1_000, 20 * MINUTE_MS),
    together: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 25 }), (happenings) => {
      const { room, ann, ben } = furnished()
      const people = [ann, ben, room.open('cleo'), room.open('dan')]
      const heard = new Map(people.map((to) => [to, new Set<number>()]))
      for (const { who, event, refuses, ms, together } of happenings) {
        room.wait(ms)
        if (refuses === undefined) room.allowWrites()
        else room.refuseWrites({ after: refuses })
        const from = people[who] ?? ann
        const [name, data] = event
        const named = name === 'userJoin' ? { username: from.by } : data
        const told = room.turn(
          [from, name, named],
          ...(together ? [[ben, 'updateChat', { body: 'too' }] as [Connection, string, object]] : []),
        )
        expect(told.outcome.deliveries.some(({ close }) => close)).toBe(false)
        for (const to of people)
          for (const one of told.to(to)) {
            const { seq } = Object(one.data)
            if (CHANGES.has(one.event) || one.event === 'ack') heard.get(to)?.add(seq)
          }
        const stored = room.store.record()
        expect(room.core.record).toEqual(stored)
        for (const seqs of heard.values())
          for (const seq of seqs) expect(seq).toBeLessThanOrEqual(stored?.seq ?? 0)
      }
      room.allowWrites()
      room.wait(20 * MINUTE_MS)
      const tab = room.open('eve')
      const page = room.join(tab).the(tab, 'msgHistory')
      expect(page).toEqual(room.store.page({ limit: 50 }))
      // Ann has been here all along.
      const all = Array.from({ length: room.core.record?.seq ?? 0 }, (_, index) => index + 1)
      expect([1, ...(heard.get(ann) ?? [])]).toEqual(all)
    }),
    { numRuns: 300 },
  )
})
