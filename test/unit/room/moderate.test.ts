import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { RoomAction } from '../../../src/room/model/actions.ts'
import { TestRoom } from './test-room.ts'

/** Ann's room, with Mo who moderates, Ben, and Rae who only reads. */
function moderatedRoom() {
  const room = new TestRoom()
  room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
  const [ann, mo, ben, rae] = ['ann', 'mo', 'ben', 'rae'].map((by) => room.enter(by)) as [C, C, C, C]
  for (const [by, role] of [
    ['mo', 'moderator'],
    ['rae', 'reader'],
  ] as const) {
    expect(room.ask('ann', moderate({ action: 'setRole', by, role }))).toBe('ok')
  }
  return { room, ann, mo, ben, rae }
}

type C = ReturnType<TestRoom['open']>
const set = (change: Extract<RoomAction, { kind: 'set' }>['change']): RoomAction => ({ kind: 'set', change })
const moderate = (what: Extract<RoomAction, { kind: 'moderate' }>['what']): RoomAction => ({
  kind: 'moderate',
  what,
})
const say = (body: string) => ['updateChat', { body }] as const

describe('a room setting', () => {
  it('[GV1] is sent to everyone at once, and to people who join later if it is not the default', () => {
    const { room, ben } = moderatedRoom()
    const welcome = 'Take off your shoes.'
    expect(room.act('ann', set({ title: ' Kitchen ', welcome, slowMs: 5_000 })).answer.ok).toBe(true)
    const told = {
      title: 'Kitchen',
      welcome,
      locked: false,
      slowMs: 5_000,
      retention: 'forever',
      access: 'open',
    }
    expect(room.wait(2_000).the(ben, 'room')).toEqual(told)
    const joined = room.join(room.open('cleo')).outcome.deliveries[0]?.frames[0] ?? ''
    expect(joined).toContain(`"title":"Kitchen","welcome":"${welcome}","slowMs":5000,"access":"open"`)
    expect(joined).not.toContain('retention')
  })

  it('[GV2] survives a sleep of the room', () => {
    const { room } = moderatedRoom()
    room.ask('ann', set({ title: 'Kitchen', locked: true, retention: '7d' }))
    room.sleep()
    expect(room.core.record?.settings).toMatchObject({ title: 'Kitchen', locked: true, retention: '7d' })
  })

  it.each<[string, RoomAction, string]>([
    ['mo', set({ locked: true, slowMs: 1_000 }), 'ok'],
    ['mo', set({ title: 'Mine' }), 'forbidden'],
    ['mo', set({ locked: true, welcome: 'Hi' }), 'forbidden'],
    ['mo', set({ retention: '7d' }), 'forbidden'],
    ['mo', set({ access: 'invite' }), 'forbidden'],
    ['ben', set({ locked: true }), 'forbidden'],
    ['rae', set({ locked: true }), 'forbidden'],
    ['nobody', set({ locked: true }), 'forbidden'],
  ])('[GV3] changed by %s to %j is answered %s, and a refusal changes nothing', (by, action, answer) => {
    const { room } = moderatedRoom()
    const before = room.core.record?.settings
    expect(room.ask(by, action)).toBe(answer)
    if (answer !== 'ok') expect(room.core.record?.settings).toEqual(before)
  })

  it('[GV4] cannot be changed in a room without an owner, in a private room, or in one that has not begun', () => {
    const open = new TestRoom()
    expect(open.ask('ann', set({ title: 'Mine' }))).toBe('forbidden')
    open.enter('ann')
    expect(open.ask('ann', set({ title: 'Mine' }))).toBe('forbidden')
    const pair = new TestRoom()
    const members = ['ann', 'ben'].map((name) => ({ session: `s-${name}`, username: name }))
    pair.core.make({ kind: 'private', home: 'hall', members, waiting: [] }, pair.now)
    pair.enter('ann')
    expect(pair.ask('ann', set({ title: 'Ours' }))).toBe('forbidden')
    expect(pair.ask('cleo', set({ title: 'Ours' }))).toBe('not-found')
  })
})

describe('a locked room', () => {
  it('[GV5] admits people who have joined before, and nobody new', () => {
    const { room } = moderatedRoom()
    room.ask('mo', set({ locked: true }))
    const refused = (by: string) => room.core.refuses({ session: `s-${by}`, by }, room.now)
    expect(['ben', 'ann', 'cleo'].map(refused)).toEqual([undefined, undefined, 'locked'])
    room.ask('mo', set({ locked: false }))
    expect(refused('cleo')).toBeUndefined()
  })

  it('[GV6] refuses a socket that was opened before it was locked', () => {
    const { room } = moderatedRoom()
    const cleo = room.open('cleo')
    room.ask('mo', set({ locked: true }))
    const told = room.join(cleo)
    expect([told.the(cleo, 'error'), told.closed(cleo)]).toMatchObject([{ code: 'locked' }, { code: 4403 }])
    expect(room.store.person('cleo')).toBeUndefined()
  })
})

describe('slow mode', () => {
  it('[GV7] makes each member wait between two messages, says how long, and does not hold for moderators', () => {
    const { room, ann, mo, ben } = moderatedRoom()
    room.ask('ann', set({ slowMs: 10_000 }))
    room.wait(2_000)
    expect(room.send(ben, ...say('one')).events(ben)).toEqual(['ack'])
    room.wait(4_000)
    expect(room.send(ben, ...say('two')).the(ben, 'error')).toMatchObject({
      code: 'rate-limited',
      retryAfter: 6_000,
    })
    for (const lead of [ann, mo]) {
      room.send(lead, ...say('mine'))
      expect(room.send(lead, ...say('mine too')).events(lead)).toEqual(['ack'])
    }
    room.wait(6_000)
    expect(room.send(ben, ...say('two')).events(ben)).toEqual(['ack'])
  })

  it('[GV10] counts edits, topics and reactions made of words, and no emoji or deletion', () => {
    const { room, ann, ben } = moderatedRoom()
    room.send(ben, 'updateChat', { body: 'one', id: 'a' })
    room.ask('ann', set({ slowMs: 10_000 }))
    const ask = (event: string, data: object) => room.send(ben, event, data).events(ben)
    const words: [string, object][] = [
      ['editChat', { ref: 1, body: 'two' }],
      ['react', { ref: 1, emoji: 'nonsense', on: true }],
      ['react', { ref: 1, emoji: '👍ok', on: true }],
      ['updateChat', { body: 'three' }],
    ]
    for (const [event, data] of words) {
      room.wait(10_000)
      expect(ask(event, data)).toEqual(['ack'])
      for (const [again, more] of words)
        expect([event, again, ask(again, more)]).toEqual([event, again, ['error']])
      room.sleep()
      expect(ask('editChat', { ref: 1, body: 'four' })).toContain('error')
    }
    const free: [string, object][] = [
      ...['👍', '👩‍💻', '🇩🇪', '❤️', '❤', '1️⃣', '👋🏽'].map((emoji): [string, object] => [
        'react',
        { ref: 1, emoji, on: true },
      ]),
      ['react', { ref: 1, emoji: 'nonsense', on: false }],
      ['deleteChat', { ref: 1 }],
    ]
    for (const [event, data] of free) expect([data, ask(event, data)]).toEqual([data, ['ack']])
    room.send(ann, 'setTopic', { topic: 'mine' })
    expect(room.send(ann, 'setTopic', { topic: 'mine too' }).events(ann)).toEqual(['ack'])
  })

  it('[GV11] counts topics in a room whose members may set them', () => {
    const room = new TestRoom()
    const members = ['ann', 'ben'].map((name) => ({ session: `s-${name}`, username: name }))
    room.core.make({ kind: 'private', home: 'hall', members, waiting: [] }, room.now)
    const ann = room.enter('ann')
    const { record } = room.core
    if (record) record.settings = { ...record.settings, slowMs: 10_000 }
    expect(room.send(ann, 'setTopic', { topic: 'one' }).events(ann)).toEqual(['ack'])
    expect(room.send(ann, 'setTopic', { topic: 'two' }).the(ann, 'error')).toMatchObject({
      code: 'rate-limited',
      retryAfter: 10_000,
    })
  })

  it('[GV8] remembers the last message through a sleep, and within a turn', () => {
    const { room, ben } = moderatedRoom()
    room.ask('ann', set({ slowMs: 10_000 }))
    const told = room.turn(
      [ben, 'updateChat', { body: 'one', id: 'a' }],
      [ben, 'updateChat', { body: 'two', id: 'b' }],
    )
    expect(told.the(ben, 'error')).toMatchObject({ code: 'rate-limited', id: 'b' })
    room.sleep()
    room.wait(1_000)
    expect(room.send(ben, ...say('two')).the(ben, 'error')).toMatchObject({ retryAfter: 9_000 })
  })

  it('[GV9] gives a retry its first ack', () => {
    const { room, ben } = moderatedRoom()
    room.ask('ann', set({ slowMs: 10_000 }))
    room.send(ben, 'updateChat', { body: 'one', id: 'a' })
    expect(room.send(ben, 'updateChat', { body: 'one', id: 'a' }).the(ben, 'ack')).toMatchObject({ id: 'a' })
  })
})

describe('moderation', () => {
  it('[MO1] a kick closes all tabs of a person with the reason, and they may return', () => {
    const { room, ben, ann } = moderatedRoom()
    const tab = room.enter('ben')
    const { answer, told } = room.act('mo', moderate({ action: 'kick', by: 'ben' }))
    expect(answer.ok).toBe(true)
    for (const socket of [ben, tab]) {
      expect(told.the(socket, 'error')).toMatchObject({ code: 'kicked' })
      expect(told.closed(socket)).toEqual({ code: 4403, reason: 'kicked' })
    }
    expect(room.wait(LIMITS.leaveGraceMs + 200).events(ann)).toContain('userLeave')
    expect(room.core.refuses({ session: 's-ben', by: 'ben' }, room.now)).toBeUndefined()
  })

  it('[MO2] a muted person is told, and cannot post, edit, react or type until the mute ends, but may delete', () => {
    const { room, ben, ann } = moderatedRoom()
    room.send(ben, 'updateChat', { body: 'one', id: 'a' })
    const { told } = room.act('mo', moderate({ action: 'mute', by: 'ben', ms: 60_000 }))
    expect(told.the(ben, 'standing')).toEqual({ role: 'member', mutedUntil: room.now + 60_000 })
    const refused = (event: string, data: object) =>
      (room.send(ben, event, data).the(ben, 'error') as { code: string }).code
    expect([
      refused('updateChat', { body: 'two' }),
      refused('editChat', { ref: 1, body: 'two' }),
      refused('react', { ref: 1, emoji: '👍', on: true }),
    ]).toEqual(['muted', 'muted', 'muted'])
    room.send(ben, 'userTyping', { username: 'ben' })
    expect(room.wait(1_000).events(ann)).not.toContain('userTyping')
    expect(room.send(ben, 'deleteChat', { ref: 1 }).events(ben)).toEqual(['ack'])
    room.sleep()
    expect(refused('updateChat', { body: 'two' })).toBe('muted')
    const again = room.open('ben')
    expect(room.join(again).the(again, 'joined')).toMatchObject({ mutedUntil: expect.any(Number) })
    room.wait(60_000)
    expect(room.send(ben, ...say('two')).events(ben)).toEqual(['ack'])
  })

  it('[MO3] an unmuted person is told, and may post', () => {
    const { room, ben } = moderatedRoom()
    room.act('mo', moderate({ action: 'mute', by: 'ben', ms: 60_000 }))
    const { told } = room.act('mo', moderate({ action: 'unmute', by: 'ben' }))
    expect(told.the(ben, 'standing')).toEqual({ role: 'member' })
    expect(room.send(ben, ...say('two')).events(ben)).toEqual(['ack'])
  })

  it('[MO4] a banned person is disconnected and refused until the ban ends or is lifted', () => {
    const { room, ben } = moderatedRoom()
    const { told } = room.act('mo', moderate({ action: 'ban', by: 'ben', ms: 60_000 }))
    expect([told.the(ben, 'error'), told.closed(ben)]).toMatchObject([
      { code: 'banned' },
      { reason: 'banned' },
    ])
    const refused = () => room.core.refuses({ session: 's-ben', by: 'ben' }, room.now)
    expect([refused(), room.ask('ben', { kind: 'report', what: { ref: 1 } })]).toEqual(['banned', 'banned'])
    const opened = room.open('ben')
    expect(room.join(opened).the(opened, 'error')).toMatchObject({ code: 'banned' })
    room.wait(60_001)
    expect(refused()).toBeUndefined()
    room.ask('mo', moderate({ action: 'ban', by: 'ben' }))
    room.wait(LIMITS.muteMsMax * 100)
    expect(refused()).toBe('banned')
    expect(room.ask('mo', moderate({ action: 'unban', by: 'ben' }))).toBe('ok')
    expect(refused()).toBeUndefined()
  })

  it('[MO5] a network ban keeps new people out, not known ones, and unbanning ends both bans', () => {
    const { room } = moderatedRoom()
    const from = (by: string) => ({ session: `s-${by}`, by, network: 'cafe' })
    const eve = room.open('eve', { network: 'cafe' })
    room.join(eve)
    room.ask('mo', moderate({ action: 'ban', by: 'eve', network: true }))
    const refused = (by: string) => room.core.refuses(from(by), room.now)
    expect(['eve', 'mallory', 'ben'].map(refused)).toEqual(['banned', 'banned', undefined])
    room.ask('mo', moderate({ action: 'unban', by: 'eve' }))
    expect(['eve', 'mallory'].map(refused)).toEqual([undefined, undefined])
  })

  it('[MO6] nobody moderates an equal, a superior or themselves, and members moderate nobody', () => {
    const { room } = moderatedRoom()
    room.ask('ann', moderate({ action: 'setRole', by: 'ben', role: 'moderator' }))
    const kick = (who: string, by: string) => room.ask(who, moderate({ action: 'kick', by }))
    expect([
      kick('mo', 'ann'),
      kick('mo', 'ben'),
      kick('mo', 'mo'),
      kick('rae', 'mo'),
      kick('ann', 'ann'),
    ]).toEqual(['forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden'])
    expect([kick('ann', 'mo'), kick('mo', 'rae'), kick('mo', 'stranger')]).toEqual(['ok', 'ok', 'not-found'])
  })

  it('[MO7] only the owner sets roles, which hold at once, in each tab and after a sleep', () => {
    const { room, ben } = moderatedRoom()
    expect(room.ask('mo', moderate({ action: 'setRole', by: 'ben', role: 'reader' }))).toBe('forbidden')
    const { told } = room.act('ann', moderate({ action: 'setRole', by: 'ben', role: 'reader' }))
    expect(told.the(ben, 'standing')).toEqual({ role: 'reader' })
    expect(room.send(ben, ...say('one')).the(ben, 'error')).toMatchObject({ code: 'forbidden' })
    room.sleep()
    expect(room.send(ben, ...say('one')).the(ben, 'error')).toMatchObject({ code: 'forbidden' })
  })

  it('[MO8] a transfer makes the other person the only owner, and the former owner a moderator', () => {
    const { room, ann, ben } = moderatedRoom()
    expect(room.ask('mo', moderate({ action: 'setRole', by: 'ben', role: 'owner' }))).toBe('forbidden')
    const { told } = room.act('ann', moderate({ action: 'setRole', by: 'ben', role: 'owner' }))
    expect([told.the(ann, 'standing'), told.the(ben, 'standing')]).toEqual([
      { role: 'moderator' },
      { role: 'owner' },
    ])
    expect(room.core.record?.access).toEqual({ kind: 'open', owner: 's-ben' })
    expect(room.ask('ann', set({ title: 'Mine' }))).toBe('forbidden')
    expect(room.ask('ben', set({ title: 'Mine' }))).toBe('ok')
    expect(room.ask('ann', moderate({ action: 'setRole', by: 'mo', role: 'owner' }))).toBe('forbidden')
  })

  it('[MO9] the audit log has who did what to whom and why, deletions included, and only moderators see it', () => {
    const { room, ben, mo } = moderatedRoom()
    room.send(ben, 'updateChat', { body: 'one', id: 'a' })
    room.send(mo, 'deleteChat', { ref: 1 })
    room.ask('mo', moderate({ action: 'mute', by: 'ben', ms: 1_000, reason: ' rude ' }))
    const { answer } = room.act('mo', { kind: 'listNotes', before: 99, limit: 2 })
    expect(answer).toMatchObject({
      value: [
        {
          action: 'mute',
          by: 'mo',
          username: 'mo',
          about: 'ben',
          aboutName: 'ben',
          ms: 1_000,
          reason: 'rude',
        },
        { action: 'deleteChat', by: 'mo', about: 'ben', ref: 1 },
      ],
    })
    expect(room.ask('ben', { kind: 'listNotes', before: 99, limit: 2 })).toBe('forbidden')
    expect(room.ask('ben', { kind: 'listPeople' })).toBe('forbidden')
  })

  it('[MO20] the audit log has a field for each fact, so that no reason can pass for another fact', () => {
    const { room } = moderatedRoom()
    const reason = '60000 ms network was rude once'
    const done: RoomAction[] = [
      moderate({ action: 'kick', by: 'ben', reason }),
      moderate({ action: 'mute', by: 'ben', ms: 5_000, reason }),
      moderate({ action: 'setRole', by: 'rae', role: 'member' }),
      set({ title: 'x', locked: true }),
      { kind: 'makeLink', hash: 'h', link: { role: 'reader' } },
      moderate({ action: 'ban', by: 'ben', ms: 7_000, network: true, reason }),
      moderate({ action: 'ban', by: 'ben', reason }),
    ]
    for (const action of done) expect(room.ask('ann', action)).toBe('ok')
    const { answer } = room.act('ann', { kind: 'listNotes', before: 99, limit: done.length })
    const notes = answer.ok && Array.isArray(answer.value) ? answer.value : []
    const who = { n: expect.any(Number), time: room.now, by: 'ann', username: 'ann' }
    const ben = { ...who, about: 'ben', aboutName: 'ben' }
    expect(notes.toReversed()).toEqual([
      { ...ben, action: 'kick', reason, detail: reason },
      { ...ben, action: 'mute', ms: 5_000, reason, detail: `5000 ms ${reason}` },
      { ...who, about: 'rae', aboutName: 'rae', action: 'setRole', role: 'member', detail: 'member' },
      { ...who, action: 'set', settings: ['title', 'locked'], detail: 'title locked' },
      { ...who, action: 'makeLink', role: 'reader', link: 'h', detail: 'reader' },
      // An older client would read a reason as a length or a network.
      { ...ben, action: 'ban', ms: 7_000, network: true, reason, detail: '7000 ms network' },
      { ...ben, action: 'ban', reason },
    ])
  })

  it('[MO40] the audit log says as what someone without a name here did something, and nothing of that for others', () => {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    expect(room.ask('ann', set({ access: 'invite' }))).toBe('ok')
    expect(room.ask('ann', { kind: 'makeLink', hash: 'h', link: { role: 'moderator' } })).toBe('ok')
    expect(room.ask('ann', { kind: 'makeLink', hash: 'i', link: { role: 'member' } })).toBe('ok')
    expect(room.ask('ann', { kind: 'revokeLink', hash: 'i' })).toBe('ok')
    room.enter('ann')
    expect(room.ask('ann', set({ locked: true }))).toBe('ok')
    const { answer } = room.act('ann', { kind: 'listNotes', before: 99, limit: 9 })
    const notes = answer.ok && Array.isArray(answer.value) ? answer.value : []
    const asOwner = { by: 'ann', username: '', as: 'owner' }
    expect(notes.toReversed()).toMatchObject([
      { ...asOwner, action: 'set' },
      { ...asOwner, action: 'makeLink' },
      { ...asOwner, action: 'makeLink' },
      { ...asOwner, action: 'revokeLink' },
      { by: 'ann', username: 'ann', action: 'set' },
    ])
    expect(notes[0]).not.toHaveProperty('as')
  })

  it('[MO10] the audit log is limited to its newest entries', () => {
    const { room } = moderatedRoom()
    const many = LIMITS.auditNotes + 2 * LIMITS.auditTrimEvery
    for (let i = 0; i < many; i++) room.ask('mo', set({ locked: i % 2 === 0 }))
    const { answer } = room.act('ann', { kind: 'listNotes', before: 1e9, limit: 5_000 })
    const { length } = answer.ok && Array.isArray(answer.value) ? answer.value : []
    expect(length).toBeGreaterThanOrEqual(LIMITS.auditNotes)
    expect(length).toBeLessThan(LIMITS.auditNotes + LIMITS.auditTrimEvery)
  })

  it.each([
    ['report', LIMITS.auditReports],
    ['redeemLink', LIMITS.auditRedemptions],
  ])('[MO18] %s entries, which anyone can cause, push no others out of the audit log', (action, limit) => {
    const { room } = moderatedRoom()
    room.ask('mo', moderate({ action: 'kick', by: 'ben' }))
    const many = LIMITS.auditNotes + 2 * LIMITS.auditTrimEvery
    const note = { by: 'eve', username: 'eve', action }
    for (let time = 0; time < many; time++) room.store.moderation.note({ time, ...note })
    const notes = room.store.moderation.notes(1e9, 5_000)
    const kept = notes.filter((one) => one.action === action).length
    expect(kept).toBeGreaterThanOrEqual(limit)
    expect(kept).toBeLessThan(limit + LIMITS.auditTrimEvery)
    expect(notes[0]).toMatchObject({ time: many - 1 })
    expect(notes.at(-1)).toMatchObject({ action: 'setRole' })
    expect(notes.map(({ action }) => action)).toContain('kick')
  })

  it('[MO11] moderators see all members, who is present, and their mutes and bans', () => {
    const { room, ben } = moderatedRoom()
    room.leave(ben)
    room.wait(LIMITS.leaveGraceMs)
    room.ask('mo', moderate({ action: 'ban', by: 'ben', ms: 60_000 }))
    const { answer } = room.act('mo', { kind: 'listPeople' })
    const people = answer.ok && Array.isArray(answer.value) ? answer.value : []
    expect(people).toContainEqual({
      by: 'ben',
      username: 'ben',
      role: 'member',
      seen: expect.any(Number),
      here: false,
      bannedUntil: room.now + 60_000,
    })
    expect(people).toContainEqual(expect.objectContaining({ by: 'ann', role: 'owner', here: true }))
    expect(JSON.stringify(people)).not.toContain('s-ann')
  })
})

describe('a report', () => {
  const report = (ref: number, reason?: string): RoomAction => ({
    kind: 'report',
    what: { ref, ...(reason === undefined ? {} : { reason }) },
  })
  const reportsIn = (room: TestRoom, reader = 'ann') => {
    const { answer } = room.act(reader, { kind: 'listNotes', before: 1e9, limit: 100 })
    const notes = answer.ok && Array.isArray(answer.value) ? answer.value : []
    return notes.filter((note) => 'action' in note && note.action === 'report')
  }

  it('[MO12] reaches the moderators and nobody else, and is in the audit log', () => {
    const { room, ann, mo, ben, rae } = moderatedRoom()
    room.send(ben, ...say('one'))
    const { told } = room.act('rae', report(1, ' loud '))
    const news = { ref: 1, by: 'rae', username: 'rae', reason: 'loud' }
    expect([told.the(ann, 'report'), told.the(mo, 'report')]).toEqual([news, news])
    expect([told.events(ben), told.events(rae)]).toEqual([[], []])
    expect(reportsIn(room, 'mo')).toMatchObject([
      { by: 'rae', about: 'ben', ref: 1, reason: 'loud', detail: '#1 loud' },
    ])
    expect([room.ask('rae', report(9)), room.ask('stranger', report(1))]).toEqual(['not-found', 'forbidden'])
  })

  it.each([
    ['mo', ['ann']],
    ['ann', ['mo']],
  ])(
    '[MO21] of a message by the moderator %s does not reach them, and their audit log omits it',
    (author, others) => {
      const { room, ...people } = moderatedRoom()
      const { ann, mo } = people
      room.send(author === 'mo' ? mo : ann, ...say('one'))
      const { told } = room.act('rae', report(1, 'unfair'))
      const heard = (['ann', 'mo'] as const).filter((name) => told.events(people[name]).includes('report'))
      expect(heard).toEqual(others)
      expect([reportsIn(room, author).length, ...others.map((by) => reportsIn(room, by).length)]).toEqual([
        0, 1,
      ])
    },
  )

  it('[MO22] of a message that others have reported adds to its count, and nobody counts twice', () => {
    const { room, ann, ben } = moderatedRoom()
    room.send(ben, ...say('one'))
    for (const by of ['rae', 'rae', 'mo', 'ben', 'mo']) {
      expect(room.ask(by, report(1, `says ${by}`))).toBe('ok')
      room.wait(LIMITS.reportGatherMs)
    }
    expect(reportsIn(room)).toMatchObject([{ by: 'mo', reason: 'says mo', count: 3 }])
    room.enter('cleo')
    const { told } = room.act('cleo', report(1))
    expect(told.the(ann, 'report')).toEqual({ ref: 1, by: 'mo', username: 'mo', reason: 'says mo', count: 4 })
    expect(room.act('cleo', report(1)).told.events(ann)).toEqual([])
    expect(JSON.stringify(reportsIn(room))).not.toContain('reporters')
  })

  it('[MO23] reaches moderators at once, and the next ones a few seconds later, all in one event', () => {
    const { room, ann, mo, ben } = moderatedRoom()
    for (const from of [ben, ben, ben, mo]) room.send(from, ...say('x'))
    expect(room.act('rae', report(1)).told.the(ann, 'report')).toMatchObject({ ref: 1 })
    for (const ref of [2, 3, 4, 2]) expect(room.act('rae', report(ref)).told.events(ann)).toEqual([])
    const told = room.wait(LIMITS.reportGatherMs)
    expect(told.the(ann, 'report')).toEqual({ ref: 4, by: 'rae', username: 'rae', reason: '', others: 2 })
    expect(told.the(mo, 'report')).toEqual({ ref: 3, by: 'rae', username: 'rae', reason: '', others: 1 })
    expect(room.core.nextDue()).toBeUndefined()
  })

  it('[MO24] by a person the room knows comes before those of newcomers, live and in the audit log', () => {
    const { room, ann, ben } = moderatedRoom()
    room.wait(LIMITS.newcomerMs)
    for (const body of ['one', 'two', 'three']) room.send(ben, ...say(body))
    room.enter('newcomer')
    room.act('newcomer', report(1, 'noise'))
    for (const [by, ref] of [
      ['newcomer', 2],
      ['rae', 1],
      ['newcomer', 3],
    ] as const)
      room.act(by, report(ref, `says ${by}`))
    expect(room.wait(LIMITS.reportGatherMs).the(ann, 'report')).toEqual({
      ref: 1,
      by: 'rae',
      username: 'rae',
      reason: 'says rae',
      count: 2,
      others: 2,
    })
    expect(reportsIn(room)).toMatchObject([{ ref: 3 }, { ref: 2 }, { ref: 1, by: 'rae', reason: 'says rae' }])
    room.act('newcomer', report(1))
    room.act('ben', report(1, 'late'))
    expect(reportsIn(room).at(-1)).toMatchObject({ by: 'rae', reason: 'says rae', count: 3 })
  })

  it('[MO25] by a newcomer pushes no other person’s report out of the audit log', () => {
    const { room } = moderatedRoom()
    const note = (ref: number, by: string, isOfNewcomers: boolean) =>
      room.store.moderation.saveReport(ref, {
        entry: { time: 0, by, username: by, action: 'report', about: 'ben', aboutName: 'ben', ref },
        reporters: [by],
        isOfNewcomers,
      })
    note(1, 'rae', false)
    for (let ref = 2; ref < LIMITS.auditReports + 3 * LIMITS.auditTrimEvery; ref++) note(ref, 'eve', true)
    const reports = room.store.moderation.notes(1e9, 5_000).filter(({ action }) => action === 'report')
    expect(reports.at(-1)).toMatchObject({ by: 'rae', ref: 1 })
    expect(reports.length).toBeLessThan(LIMITS.auditNewcomersReports + LIMITS.auditTrimEvery + 1)
    expect(reports.length).toBeGreaterThan(LIMITS.auditNewcomersReports)
  })

  it('[MO26] counts a limited number of people, and even then shows the reason of a person the room knows', () => {
    const { room, ben } = moderatedRoom()
    room.wait(LIMITS.newcomerMs)
    room.send(ben, ...say('one'))
    for (let n = 0; n < LIMITS.reporters + 5; n++) {
      room.enter(`new${n}`)
      room.ask(`new${n}`, report(1, 'noise'))
    }
    expect(reportsIn(room)).toMatchObject([{ by: 'new0', count: LIMITS.reporters }])
    room.ask('rae', report(1, 'true'))
    expect(reportsIn(room)).toMatchObject([{ by: 'rae', reason: 'true', count: LIMITS.reporters }])
  })

  it('[MO27] is charged to its sender and their address, so that one address with many people is soon refused', () => {
    const { room, ben } = moderatedRoom()
    room.send(ben, ...say('one'))
    const answers = Array.from({ length: 50 }, (_, n) => {
      const by = `p${n}`
      room.join(room.open(by, { network: 'cafe' }))
      room.now += 100
      const { answer } = room.act(by, report(1), 'cafe')
      return answer.ok ? 'ok' : answer.code
    })
    const taken = answers.filter((answer) => answer === 'ok').length
    expect(answers.slice(0, LIMITS.appealBurst * LIMITS.networkAppeals)).not.toContain('rate-limited')
    const refilled = (5 * LIMITS.appealsPerMinute * LIMITS.networkAppeals) / 60
    expect(taken).toBeLessThanOrEqual(LIMITS.appealBurst * LIMITS.networkAppeals + refilled)
    room.join(room.open('else', { network: 'home' }))
    expect(room.act('else', report(1), 'home').answer.ok).toBe(true)
  })
})

it('[MO15] a person’s reports are limited, so that they push nothing out of the audit log', () => {
  const { room, ann } = moderatedRoom()
  room.send(ann, ...say('one'))
  const report = () => room.ask('rae', { kind: 'report', what: { ref: 1 } })
  for (let n = 0; n < LIMITS.appealBurst; n++) expect(report()).toBe('ok')
  expect(report()).toBe('rate-limited')
  room.wait(60_000 / LIMITS.appealsPerMinute)
  expect(report()).toBe('ok')
})

it('[MO19] an HTTP request to a room counts towards the person’s rate limit like a frame, but only for people whom the room admits', () => {
  const room = new TestRoom({ rate: { burst: 5, perSecond: 1 } })
  room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
  const ann = room.enter('ann')
  room.enter('ben')
  room.wait(10_000)
  const block = () => room.ask('ben', { kind: 'block', by: 'ann', on: true })
  const read = (by: string) => room.core.refusesPage({ session: `s-${by}`, by }, { limit: 1 }, room.now)?.code
  expect([block(), read('ben'), block(), read('ben'), block()]).toEqual([
    'ok',
    undefined,
    'ok',
    undefined,
    'ok',
  ])
  expect([block(), read('ben')]).toEqual(['rate-limited', 'rate-limited'])
  expect([read('ann'), room.ask('ann', set({ access: 'invite' }))]).toEqual([undefined, 'ok'])
  const closed = Array.from({ length: 9 }, () => [
    read('eve'),
    room.ask('eve', { kind: 'listNotes', before: 9, limit: 9 }),
  ])
  expect(new Set(closed.flat())).toEqual(new Set(['not-found']))
  const wrong = Array.from({ length: 9 }, () => room.ask('eve', { kind: 'redeemLink', hash: 'wrong' }))
  expect(new Set(wrong)).toEqual(new Set(['not-found']))
  room.wait(1_000)
  expect([block(), block()]).toEqual(['ok', 'rate-limited'])
  expect(room.send(ann, ...say('still here')).events(ann)).toEqual(['ack'])
})

it('[MO16] a ban revokes the invite links of the banned person, and nobody else’s', () => {
  const { room } = moderatedRoom()
  const link = { role: 'member' } as const
  room.ask('mo', { kind: 'makeLink', hash: 'of mo', link })
  room.ask('ann', { kind: 'makeLink', hash: 'of ann', link })
  room.ask('ann', moderate({ action: 'ban', by: 'mo' }))
  expect(room.store.moderation.links().map(({ hash }) => hash)).toEqual(['of ann'])
})

describe('blocking someone', () => {
  it('[MO13] shows in all tabs of the blocking person and at each of their joins, to nobody else, and can be undone', () => {
    const { room, ben, ann } = moderatedRoom()
    const { told } = room.act('ben', { kind: 'block', by: 'ann', on: true })
    expect(told.the(ben, 'standing')).toEqual({ role: 'member', blocked: ['ann'] })
    expect(told.events(ann)).toEqual([])
    room.sleep()
    const tab = room.open('ben')
    expect(room.join(tab).the(tab, 'joined')).toMatchObject({ blocked: ['ann'] })
    expect(room.act('ben', { kind: 'block', by: 'ann', on: false }).told.the(ben, 'standing')).toEqual({
      role: 'member',
    })
    expect(room.ask('ben', { kind: 'block', by: 'ben', on: true })).toBe('bad-data')
    expect(room.ask('ben', { kind: 'block', by: 'nobody', on: true })).toBe('not-found')
  })

  it('[MO14] hides the blocked person’s invitations without telling them', () => {
    const { room, ann, ben } = moderatedRoom()
    room.act('ben', { kind: 'block', by: 'ann', on: true })
    const [roomCall] = room.send(ann, 'newRoom', { username2: 'ben' }).roomCalls
    if (roomCall?.kind !== 'openPair') throw new Error('No room call')
    const outcome = room.core.pairOpened(roomCall, false, room.now)
    const heard = outcome.deliveries.map(({ to }) => to)
    expect([heard.includes(ann), heard.includes(ben)]).toEqual([true, false])
    expect(room.store.waiting('ben')).toEqual([])
  })

  it('[MO17] removes the blocked person’s waiting invitation, and no other', () => {
    const { room, ann, mo } = moderatedRoom()
    for (const from of [ann, mo]) {
      const [roomCall] = room.send(from, 'newRoom', { username2: 'ben' }).roomCalls
      if (roomCall?.kind !== 'openPair') throw new Error('No room call')
      room.core.pairOpened(roomCall, false, room.now)
    }
    room.act('ben', { kind: 'block', by: 'ann', on: true })
    expect(room.store.waiting('ben')).toMatchObject([{ inviter: 'mo' }])
  })
})
