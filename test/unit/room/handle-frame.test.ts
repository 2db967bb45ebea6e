import { describe, expect, it } from 'vitest'
import { ERRORS } from '../../../src/protocol/errors.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { Connection } from '../../../src/room/state/connection.ts'
import { TestRoom, type Told } from './test-room.ts'

/** A room with two people in it, who have spoken before. */
function two(options?: ConstructorParameters<typeof TestRoom>[0]) {
  const room = new TestRoom(options)
  const [ann, ben] = [room.enter('ann'), room.enter('ben')]
  for (const one of [ann, ben]) one.spoke = true
  const say = (from: Connection, body: string, more: object = {}) =>
    room.send(from, 'updateChat', { body, ...more })
  const epoch = room.core.record?.epoch
  return { room, ann, ben, say, epoch }
}

const code = (told: Told, to: Connection) => told.to(to).map(({ data }) => Reflect.get(Object(data), 'code'))

describe('a change', () => {
  it('[C1] that comes alone is acked to its sender, and sent to all others and to the sender’s other tabs', () => {
    const { room, ann, ben, say } = two()
    const tab = room.enter('ann')
    room.wait(1)
    const told = say(ann, 'hi', { id: 'm1' })
    const entry = {
      event: 'updateChat',
      data: { seq: 1, id: 'm1', by: 'ann', username: 'ann', time: room.now, room: 'kitchen', body: 'hi' },
    }
    expect(told.to(ann)).toEqual([{ event: 'ack', data: { id: 'm1', seq: 1, time: room.now } }])
    expect([told.to(ben), told.to(tab)]).toEqual([[entry], [entry]])
    expect(room.store.replay(0, 10)).toEqual([entry])
    expect(told.outcome.touched.size).toBe(0)
  })

  it('[C2] without an id gets one', () => {
    const { ann, ben, say } = two()
    const told = say(ann, 'hi')
    expect(told.the(ann, 'ack')).toMatchObject({ id: 'id-2' })
    expect(told.the(ben, 'updateChat')).toMatchObject({ id: 'id-2' })
  })

  it('[C3] among several in a turn goes to everyone in one string, its sender included', () => {
    const { room, ann, ben } = two()
    const told = room.turn([ann, 'updateChat', { body: 'a' }], [ben, 'updateChat', { body: 'b' }])
    expect(told.to(ann)).toMatchObject([{ data: { body: 'a' } }, { data: { body: 'b' } }])
    expect(told.events(ann)).toEqual(['updateChat', 'updateChat'])
    expect(told.frames(ann)).toEqual(told.frames(ben))
    expect(told.frames(ann)).toHaveLength(1)
  })

  it('[C4] by a watcher is acked, alone in its turn or not, and sent to them as well', () => {
    const { room, ann, ben } = two()
    const watching = room.open('ben')
    room.join(watching, { watch: true })
    const told = room.turn(
      [watching, 'updateChat', { body: 'w', id: 'w' }],
      [ann, 'updateChat', { body: 'a' }],
    )
    expect(told.to(watching)).toMatchObject([
      { event: 'ack' },
      { data: { body: 'w' } },
      { data: { body: 'a' } },
    ])
    expect(told.events(ben)).toEqual(['updateChat', 'updateChat'])
    expect(room.send(watching, 'updateChat', { body: 'x' }).events(watching)).toEqual(['ack'])
  })

  it('[C5] for another room is refused with its id', () => {
    const { room, ann, ben } = two()
    const told = room.send(ann, 'updateChat', { body: 'hi', room: 'hall', id: 'm1' })
    expect(told.the(ann, 'error')).toEqual({
      code: 'bad-data',
      message: `${ERRORS['bad-data'].message} (room)`,
      id: 'm1',
    })
    expect([told.to(ben), room.core.record?.seq]).toEqual([[], 0])
  })

  it('[C6] that is refused shows only to its sender, with its id and the reason', () => {
    const { room, ann, ben } = two()
    const told = room.send(ann, 'editChat', { ref: 7, body: 'x', id: 'e1' })
    expect(told.to(ann)).toEqual([
      {
        event: 'error',
        data: { code: 'not-found', message: `${ERRORS['not-found'].message} (ref)`, id: 'e1' },
      },
    ])
    expect([told.to(ben), told.closed(ann)]).toEqual([[], undefined])
  })

  it('[C7] without the right to it does not disconnect the sender', () => {
    const { room, ann, ben, say } = two()
    say(ann, 'mine')
    const told = room.send(ben, 'deleteChat', { ref: 1 })
    expect([code(told, ben), told.closed(ben)]).toEqual([['forbidden'], undefined])
    expect(say(ben, 'still here').events(ann)).toEqual(['updateChat'])
  })

  it('[C8] of the topic is stored, and sent to joiners', () => {
    const { room, ann } = two()
    room.send(ann, 'setTopic', { topic: ' Tea ' })
    expect(room.store.record()).toMatchObject({ topic: 'Tea', seq: 1 })
    const cleo = room.open('cleo')
    expect(room.join(cleo).the(cleo, 'joined')).toMatchObject({ topic: 'Tea', seq: 1 })
  })

  it('[C9] that meets an internal error is refused alone, and the rest of the turn is done', () => {
    const { room, ann, ben, say } = two()
    say(ann, 'tea')
    const { message } = room.store
    const fault = new Error('the disk')
    room.store.message = () => {
      throw fault
    }
    const told = room.turn(
      [ann, 'editChat', { ref: 1, body: 'x', id: 'e1' }],
      [ben, 'updateChat', { body: 'y' }],
    )
    expect(told.to(ann)).toMatchObject([
      { event: 'updateChat', data: { seq: 2 } },
      { event: 'error', data: { code: 'internal', id: 'e1' } },
    ])
    expect(room.faults).toEqual([fault])
    room.store.message = message
    expect(room.send(ann, 'editChat', { ref: 1, body: 'x', id: 'e1' }).the(ann, 'ack')).toMatchObject({
      seq: 3,
    })
  })
})

describe('a change sent again', () => {
  it('[C10] gets its first ack and goes to nobody, before and after a sleep', () => {
    const { room, ann, ben, say, epoch } = two()
    const first = say(ann, 'hi', { id: 'm1', since: 0, epoch }).the(ann, 'ack')
    room.wait(60_000)
    for (const pause of [() => {}, () => room.sleep()]) {
      pause()
      room.wait(2_000)
      const told = say(ann, 'hi', { id: 'm1', since: 0, epoch })
      expect([told.to(ann), told.to(ben)]).toEqual([[{ event: 'ack', data: first }], []])
    }
    expect(room.core.record?.seq).toBe(1)
  })

  it('[C11] belongs to its person: another person may use the same id', () => {
    const { ann, ben, say, epoch } = two()
    say(ann, 'hi', { id: 'm1', since: 0, epoch })
    expect(say(ben, 'ho', { id: 'm1', since: 0, epoch }).the(ben, 'ack')).toMatchObject({ seq: 2 })
  })

  it('[C12] in the same turn is found too', () => {
    const { room, ann, ben } = two()
    const again = [ann, 'updateChat', { body: 'hi', id: 'm1' }] as const
    const told = room.turn([...again], [...again])
    expect(told.events(ben)).toEqual(['updateChat'])
    expect(told.events(ann)).toEqual(['ack', 'ack'])
  })

  it('[C13] with other content is a conflict', () => {
    const { ann, ben, say } = two()
    say(ann, 'hi', { id: 'm1' })
    const told = say(ann, 'ho', { id: 'm1' })
    expect(told.the(ann, 'error')).toMatchObject({ code: 'conflict', id: 'm1' })
    expect(told.to(ben)).toEqual([])
  })

  it.each([
    ['of another epoch', { since: 0, epoch: 'other' }, 'stale'],
    ['after the newest', { since: 3 }, 'stale'],
    ['of the newest', { since: 2 }, 'ack'],
    ['before the newest', { since: 1 }, 'ack'],
  ])('[C14] with a since %s (%j) is %s', (_, at, expected) => {
    const { room, ann, say, epoch } = two()
    say(ann, 'one')
    say(ann, 'two')
    const told = room.send(ann, 'updateChat', { body: 'x', id: 'm1', epoch, ...at })
    const [answer] = told.to(ann)
    const what = answer?.event === 'error' ? Reflect.get(Object(answer.data), 'code') : answer?.event
    expect(what).toBe(expected)
    if (expected === 'stale') expect(told.the(ann, 'error')).toMatchObject({ id: 'm1' })
  })

  it.each(['awake', 'asleep in between'])('[C15] without a since is found too, %s', (pause) => {
    const { room, ann, say } = two()
    say(ann, 'hi', { id: 'm1' })
    for (let n = 0; n < 20; n += 1) say(ann, `${n}`)
    if (pause !== 'awake') room.sleep()
    expect(say(ann, 'hi', { id: 'm1' }).the(ann, 'ack')).toMatchObject({ seq: 1 })
    expect(say(ann, 'hi', { id: 'm1', since: 0 }).the(ann, 'ack')).toMatchObject({ seq: 1 })
    expect(say(ann, '19', { id: 'other' }).the(ann, 'ack')).toMatchObject({ seq: 22 })
  })
})

describe('a frame', () => {
  it('[C16] before the join is refused with its id, and the join may follow', () => {
    const room = new TestRoom()
    const ann = room.open('ann')
    const early = room.send(ann, 'updateChat', { body: 'x', id: 'm1' })
    expect(early.the(ann, 'error')).toMatchObject({ code: 'not-joined', id: 'm1' })
    room.enter('ben')
    const told = room.send(ann, 'msgHistory')
    expect(told.the(ann, 'error')).toEqual({ code: 'not-joined', message: ERRORS['not-joined'].message })
    expect(told.closed(ann)).toBeUndefined()
    expect(room.join(ann).events(ann)[0]).toBe('joined')
  })

  it('[C17] of more than 32 KiB closes only the socket that sent it', () => {
    const { room, ann, ben, say } = two()
    const frame = (bytes: number) => {
      const empty = JSON.stringify({ event: 'updateChat', data: { body: 'x', room: 'kitchen', pad: '' } })
      return empty.replace('"pad":""', `"pad":"${'ü'.repeat((bytes - empty.length) / 2)}"`)
    }
    const most = LIMITS.frameBytes - (frame(LIMITS.frameBytes).length % 2)
    expect(room.text(ann, frame(most)).events(ann)).toEqual(['ack'])
    const told = room.text(ann, frame(most + 2))
    expect([code(told, ann), told.closed(ann)]).toEqual([['too-large'], { code: 1009, reason: 'too-large' }])
    expect(room.core.connections).toEqual(new Set([ben]))
    expect(say(ann, 'from the grave').outcome.deliveries).toEqual([])
    const cleo = room.open('cleo')
    expect(room.text(cleo, frame(most + 2)).closed(cleo)).toMatchObject({ code: 1009 })
  })

  it.each([4_000, 6_000])('[C40] may have a body as long as the room’s setting: %i units', (bodyLength) => {
    const sizes = { bodyLength, frameBytes: 20_000 }
    const { room, ann, ben, say } = two({ sizes })
    const most = 'ü'.repeat(bodyLength)
    const told = say(ann, most, { id: 'long' })
    expect(told.the(ben, 'updateChat')).toMatchObject({ body: most })
    expect(code(say(ann, `${most}!`), ann)).toEqual(['bad-data'])
    expect(say(ann, most, { id: 'long' }).events(ann)).toEqual(['ack'])
    const edited = room.send(ann, 'editChat', { ref: 1, body: `${most}!` })
    expect(edited.the(ann, 'error')).toMatchObject({ message: `${ERRORS['bad-data'].message} (body)` })
    expect(room.text(ann, 'x'.repeat(20_001)).closed(ann)).toMatchObject({ code: 1009 })
    const cleo = room.open('cleo')
    expect(room.join(cleo).the(cleo, 'joined')).toMatchObject({ limits: sizes })
  })

  it('[C18] that cannot be parsed is refused; ten in a row close the socket, and any valid frame resets the count', () => {
    const { room, ann, ben, say } = two()
    const bad = ['x', '[]', new ArrayBuffer(2)]
    const strike = (n: number) => room.text(ann, bad[n % 3] ?? '')
    for (let n = 0; n < 9; n += 1) {
      const told = strike(n)
      expect([code(told, ann), told.closed(ann)]).toEqual([['bad-frame'], undefined])
      expect(told.outcome.touched).toEqual(new Set([ann]))
    }
    room.sleep()
    room.wait(2_000)
    expect(say(ann, 'sorry').outcome.touched).toEqual(new Set([ann]))
    expect(ann.strikes).toBe(0)
    for (let n = 0; n < 9; n += 1) expect(strike(n).closed(ann)).toBeUndefined()
    expect(room.send(ann, 'updateChat', {}).closed(ann)).toBeUndefined()
    for (let n = 0; n < 9; n += 1) expect(strike(n).closed(ann)).toBeUndefined()
    const last = strike(9)
    expect([code(last, ann), last.closed(ann)]).toEqual([['bad-frame'], { code: 1008, reason: 'bad-frame' }])
    expect(room.core.connections).toEqual(new Set([ben]))
  })

  it('[C19] of a socket that an earlier frame of the turn closed is ignored', () => {
    const { room, ann, ben } = two()
    const told = room.turn(
      [ann, 'updateChat', { body: 'a' }],
      [ann, 'updateChat', { body: 'x', pad: 'x'.repeat(33_000) }],
      [ann, 'updateChat', { body: 'b' }],
    )
    expect(told.to(ben)).toMatchObject([{ data: { body: 'a' } }])
    expect(room.core.record?.seq).toBe(1)
  })

  it('[C20] that requests a page gets it with all changes of the turn', () => {
    const { room, ann, ben, say } = two()
    for (let n = 1; n <= 60; n += 1) say(ann, `${n}`)
    const told = room.turn([ben, 'msgHistory', {}], [ann, 'editChat', { ref: 60, body: 'sixty' }])
    expect(told.events(ben)).toEqual(['editChat', 'msgHistory'])
    const page = told.the(ben, 'msgHistory')
    expect(page).toHaveLength(50)
    expect(page).toMatchObject(Array.from({ length: 50 }, (_one, n) => (n < 49 ? {} : { body: 'sixty' })))
    const seqs = (data: object) => room.send(ben, 'msgHistory', data).the(ben, 'msgHistory')
    expect(seqs({ before: 3, limit: 1 })).toMatchObject([{ seq: 2 }])
    expect(seqs({ after: 58, limit: 500 })).toMatchObject([{ seq: 59 }, { seq: 60 }])
    expect(seqs({ around: 5, limit: 2 })).toMatchObject([{ seq: 5 }, { seq: 6 }])
    expect(room.core.page({ limit: 3 })).toMatchObject([{ seq: 58 }, { seq: 59 }, { seq: 60 }])
  })

  it('[C21] gets a page of at most 200 messages', () => {
    const { room, ann, say } = two()
    for (let n = 1; n <= 210; n += 1) say(ann, `${n}`)
    expect(room.send(ann, 'msgHistory', { limit: 1_000 }).the(ann, 'msgHistory')).toHaveLength(200)
    expect(room.core.page({ limit: 201 })).toHaveLength(200)
  })
})

describe('typing', () => {
  it('[C22] is sent to others after a moment, once, and not if the message was sent by then', () => {
    const { room, ann, ben, say } = two()
    const sign = { event: 'userTyping', data: { username: 'ann', room: 'kitchen', by: 'ann' } }
    expect(room.send(ann, 'userTyping', { username: 'Zed' }).to(ben)).toEqual([])
    room.send(ann, 'userTyping', { username: 'ann' })
    const told = room.wait(100)
    expect([told.to(ben), told.to(ann)]).toEqual([[sign], []])
    expect(room.core.nextDue()).toBeUndefined()
    room.send(ann, 'userTyping', { username: 'ann' })
    say(ann, 'said')
    expect(room.wait(1_000).to(ben)).toEqual([])
  })

  it('[C23] for another room, or by a reader, is refused', () => {
    const { room, ann, ben } = two()
    const elsewhere = room.send(ann, 'userTyping', { username: 'ann', room: 'hall' })
    expect(elsewhere.the(ann, 'error')).toMatchObject({
      code: 'bad-data',
      message: expect.stringMatching(/\(room\)$/),
    })
    ann.role = 'reader'
    expect(code(room.send(ann, 'userTyping', { username: 'ann' }), ann)).toEqual(['forbidden'])
    expect(room.wait(1_000).to(ben)).toEqual([])
  })
})

it('[C32] the outcome of a turn counts its changes, refusals and bytes', () => {
  const { room, ann, ben, say, epoch } = two()
  const told = room.turn(
    [ann, 'updateChat', { body: 'hi' }],
    [ben, 'updateChat', { body: 'late', id: 'b', since: 9, epoch }],
    [ben, 'setTopic', { topic: 'Tea' }],
  )
  const bytes = [ann, ben].flatMap((to) => told.frames(to)).reduce((sum, { length }) => sum + length, 0)
  expect(told.outcome).toMatchObject({ changes: ['updateChat', 'setTopic'], refusals: ['stale'], bytes })
  ann.flow.unanswered = LIMITS.syncUnansweredBytes
  const one = say(ben, 'once more')
  expect(one.closed(ann)?.code).toBe(4408)
  expect(one.outcome.bytes).toBe(one.frames(ben).join('').length)
})

describe('the rate limit', () => {
  it('[C24] allows a burst, refuses with the id and a time to wait, and then allows more', () => {
    const { room, ann, ben, say } = two({ rate: { burst: 3, perSecond: 2 } })
    room.wait(10_000)
    const answers = Array.from({ length: 4 }, (_, n) => say(ann, `${n}`, { id: `m${n}` }))
    expect(answers.map((told) => told.events(ann)[0])).toEqual(['ack', 'ack', 'ack', 'error'])
    const { message } = ERRORS['rate-limited']
    expect(answers[3]?.the(ann, 'error')).toEqual({
      code: 'rate-limited',
      message,
      id: 'm3',
      retryAfter: 500,
    })
    expect(answers[3]?.to(ben)).toEqual([])
    expect(say(ben, 'at ease').events(ben)).toEqual(['ack'])
    expect(room.text(ann, 'no frame').the(ann, 'error')).toMatchObject({ code: 'rate-limited' })
    expect(room.send(ann, 'msgHistory', { id: 'page 1' }).the(ann, 'error')).toMatchObject({ id: 'page 1' })
    expect(room.send(ann, 'shout', { id: 's' }).the(ann, 'error')).toMatchObject({
      code: 'rate-limited',
      id: 's',
    })
    room.wait(500)
    expect(say(ann, '3', { id: 'm3' }).events(ann)).toEqual(['ack'])
  })

  it('[C25] closes the socket of a flood', () => {
    const { room, ann, ben, say } = two({ rate: { burst: 3, perSecond: 2 } })
    const closes = Array.from({ length: 103 }, (_, n) => say(ann, `${n}`).closed(ann))
    expect(closes.findIndex((close) => close !== undefined)).toBe(102)
    expect(closes[102]).toEqual({ code: 4429, reason: 'rate-limited' })
    expect(room.core.connections).toEqual(new Set([ben]))
  })

  describe('for changes sent again', () => {
    /** A room with a long log that has slept. */
    function withLongLog(burst: number) {
      const { room, ann, ben, say, epoch } = two({ rate: { burst, perSecond: 1 } })
      const newest = LIMITS.retryChanges
      const last = { seq: newest, id: 'last', by: 'ben', username: 'ben', time: room.now, room: 'kitchen' }
      room.store.append({ event: 'updateChat', data: { ...last, body: 'newest' } })
      room.sleep()
      room.wait(10_000)
      const again = (more: object) => say(ann, 'again', more)
      return { room, ann, ben, say, again, epoch, newest, hears: (more: object) => again(more).events(ann) }
    }

    it('[C29] has a price for the changes that the room searches: asked for once, apart from frames, and paid in the end', () => {
      const { room, ann, ben, say, again, epoch, newest, hears } = withLongLog(20)
      // 10,000 changes cost 200 units, a burst of reading.
      expect(hears({ id: 'm1', since: newest - 5_000, epoch })).toEqual(['ack'])
      const far = { id: 'm2', since: 10, epoch }
      expect(again(far).the(ann, 'error')).toMatchObject({
        code: 'rate-limited',
        id: 'm2',
        retryAfter: 99_801,
      })
      // Reading is paid for apart: what is only said is not held up.
      expect([hears({ id: 'm3', since: newest, epoch }), hears({})]).toEqual([['ack'], ['ack']])
      expect(say(ben, 'of someone else', { id: 'm4', since: newest - 5_000, epoch }).events(ben)).toEqual([
        'ack',
      ])
      room.wait(99_801)
      expect(hears(far)).toEqual(['ack'])
    })

    const PARTS = Array.from({ length: LIMITS.retryChanges / LIMITS.retryBatch }, () => 'ids')

    it.each([
      ['neither since nor epoch, all ids are read once, in parts, and then in memory', {}, PARTS],
      ['no epoch, the same', { since: 0 }, PARTS],
      ['no since, the same', { epoch: 'id-1' }, PARTS],
      ['both, only the changes after it are searched', { since: 2, epoch: 'id-1' }, ['find', 'find']],
    ])('[C30] with %s', (_, place, expected) => {
      const { room, ann, again } = withLongLog(100)
      const hears = (more: object) => {
        const told = [again(more)]
        while (room.core.nextDue() === 0) told.push(room.wait(0))
        return told.flatMap((one) => one.events(ann))
      }
      const { find, ids } = room.store
      const looked: string[] = []
      room.store.find = (query) => {
        looked.push('find')
        return find.call(room.store, query)
      }
      room.store.ids = (after) => {
        looked.push('ids')
        return ids.call(room.store, after)
      }
      expect(['m1', 'm2'].map((id) => hears({ id, ...place }))).toEqual([['ack'], ['ack']])
      expect(looked).toEqual(expected)
    })

    it('[C33] is nothing where a change refers to more than the log has, which no stored change does', () => {
      const { room, ann, newest, epoch } = withLongLog(20)
      const looked: string[] = []
      for (const name of ['find', 'ids', 'message'] as const)
        room.store[name] = () => {
          looked.push(name)
          throw new Error('It looks')
        }
      const place = { id: 'm', since: 0, epoch }
      const frames: [string, object][] = [
        ['deleteChat', { ref: newest + 1 }],
        ['editChat', { ref: 999_999_999, body: 'x' }],
        ['react', { ref: newest + 1, emoji: '👍', on: true }],
        ['updateChat', { replyTo: newest + 1, body: 'x' }],
      ]
      for (const [event, data] of frames)
        expect(code(room.send(ann, event, { ...place, ...data }), ann)).toEqual(['not-found'])
      expect(looked).toEqual([])
    })

    it('[C34] never costs a repeated deletion its first ack, though there is nothing left to delete', () => {
      const { room, ann, newest, epoch, hears } = withLongLog(20)
      const place = { since: newest, epoch }
      expect(hears({ ...place, id: 'mine' })).toEqual(['ack'])
      const removal = { ...place, id: 'gone', ref: newest + 1 }
      const first = room.send(ann, 'deleteChat', removal).the(ann, 'ack')
      expect(room.send(ann, 'deleteChat', removal).the(ann, 'ack')).toEqual(first)
      room.sleep()
      expect(room.send(ann, 'deleteChat', removal).the(ann, 'ack')).toEqual(first)
    })

    it('[C31] is that of any other frame if it has no id to search for', () => {
      const { hears } = withLongLog(2)
      expect([hears({}), hears({}), hears({})]).toEqual([['ack'], ['ack'], ['error']])
    })
  })

  it('[C26] counts a refused bad frame among those in a row', () => {
    const { room, ann } = two({ rate: { burst: 3, perSecond: 2 } })
    for (let n = 0; n < 9; n += 1) expect(room.text(ann, 'x').closed(ann)).toBeUndefined()
    expect(room.text(ann, 'x').closed(ann)).toEqual({ code: 1008, reason: 'bad-frame' })
  })
})

describe('an answer to a sync', () => {
  it('[C27] allows as many bytes again', () => {
    const { room, ann, ben, say } = two()
    ben.flow.sinceAsk = LIMITS.syncEveryBytes - 10
    ben.flow.unanswered = LIMITS.syncEveryBytes - 10
    const told = say(ann, 'one more')
    expect(told.events(ben)).toEqual(['updateChat', 'sync'])
    expect(told.the(ben, 'sync')).toEqual({ seq: 1 })
    expect(told.outcome.touched).toEqual(new Set([ben]))
    room.send(ben, 'sync', { seq: 1 })
    expect(ben.flow).toMatchObject({ unanswered: 0, sinceAsk: 0, asks: [] })
  })

  it('[C28] that never comes closes a reader who is 4 MiB behind, and the others see them leave', () => {
    const { room, ann, ben, say } = two()
    ben.flow.unanswered = LIMITS.syncUnansweredBytes - 10
    const told = say(ann, 'one more')
    expect([told.frames(ben), told.closed(ben)]).toEqual([[], { code: 4408, reason: 'slow reader' }])
    expect(room.core.connections).toEqual(new Set([ann]))
    expect(room.wait(6_000).events(ann)).toEqual(['userLeave', 'activeUsers'])
  })
})
