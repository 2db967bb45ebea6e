import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { Connection } from '../../../src/room/state/connection.ts'
import type { RoomCall } from '../../../src/room/state/state.ts'
import { TestRoom, Told } from './test-room.ts'

const PAIR = `${'a'.repeat(25)}a`
const DAY_MS = 24 * 60 * 60 * 1_000

type OpenPair = Extract<RoomCall, { kind: 'openPair' }>

function two() {
  const room = new TestRoom()
  const [ann, ben] = [room.enter('ann'), room.enter('ben')]
  return { room, ann, ben }
}

/** The room call that a turn requests. */
function pairCallOf(told: Told): OpenPair {
  const [call] = told.roomCalls
  if (call?.kind !== 'openPair') throw new Error(`No private room is asked for, but ${call?.kind}`)
  return call
}

function opened(room: TestRoom, call: OpenPair, joined = false): Told {
  return new Told(room.core.pairOpened(call, joined, room.now))
}

function refusal(told: Told, to: Parameters<Told['to']>[0]) {
  expect(told.roomCalls).toEqual([])
  return told.the(to, 'error')
}

const invitation = {
  username: 'ann',
  username2: 'ben',
  room: PAIR,
  url: `https://hallway.test/r/${PAIR}`,
  created: true,
  joined: false,
  by: 'ann',
}

describe('an invitation', () => {
  it('[I40] that is asked for again before its private room has answered gets the same room', () => {
    const { room, ann, ben } = two()
    const first = pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' }))
    const second = pairCallOf(room.send(ben, 'newRoom', { username2: 'ann' }))
    expect([first.created, second.created, second.room]).toEqual([true, false, first.room])
    opened(room, first)
    opened(room, second)
    expect(room.store.pair('ann', 'ben')).toBe(first.room)
    expect(pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' })).room).toBe(first.room)
  })

  it('[I41] stores nothing of who was forgotten before its private room answered', () => {
    const { room, ann } = two()
    const call = pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' }))
    room.core.act({ session: 's-ann', by: 'ann' }, { kind: 'forget' }, room.now)
    opened(room, call)
    expect([room.store.waiting('ben'), room.store.pair('ann', 'ben')]).toEqual([[], undefined])
  })

  it('[I1] requests a private room, and is sent to both people once that exists', () => {
    const { room, ann, ben } = two()
    const told = room.send(ann, 'newRoom', { username2: 'ben' })
    expect([told.to(ann), told.to(ben)]).toEqual([[], []])
    const call = pairCallOf(told)
    expect(call).toMatchObject({
      asker: ann,
      inviter: { by: 'ann', session: 's-ann' },
      invited: { by: 'ben', session: 's-ben' },
      room: PAIR,
      created: true,
    })
    const news = [{ event: 'newRoom', data: invitation }]
    const after = opened(room, call)
    expect([after.to(ann), after.to(ben)]).toEqual([news, news])
    expect(room.store.waiting('ben')).toEqual([{ room: PAIR, inviter: 'ann', inviterId: 'ann' }])
  })

  it('[I2] made again, by either person, leads to the same room', () => {
    const { room, ann, ben } = two()
    opened(room, pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' })))
    expect(pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' }))).toMatchObject({
      room: PAIR,
      created: false,
    })
    const back = pairCallOf(room.send(ben, 'newRoom', { username2: 'ann' }))
    expect(back).toMatchObject({ room: PAIR, created: false, inviter: { by: 'ben' } })
    expect(opened(room, back).to(ann)).toMatchObject([
      { event: 'newRoom', data: { username: 'ben', username2: 'ann', created: false } },
    ])
  })

  it('[I3] is not sent to a person who is in that room already, and does not wait', () => {
    const { room, ann, ben } = two()
    const told = opened(room, pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' })), true)
    expect(told.the(ann, 'newRoom')).toEqual({ ...invitation, joined: true })
    expect([told.to(ben), room.store.waiting('ben')]).toEqual([[], []])
  })

  it('[I4] goes to every tab of the invited person, present or watching, and to nobody else', () => {
    const { room, ann, ben } = two()
    const [tab, cleo, second] = [room.enter('ben'), room.enter('cleo'), room.enter('ann')]
    const [watching, outside] = [room.open('ben'), room.open('ben')]
    room.join(watching, { watch: true })
    const told = opened(room, pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' })))
    const heard = [ann, ben, tab, cleo, second, watching, outside].map((to) => told.to(to).length)
    expect(heard).toEqual([1, 1, 1, 0, 0, 1, 0])
  })

  it('[I5] reaches the invited person even if the inviter has left meanwhile', () => {
    const { room, ann, ben } = two()
    const call = pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' }))
    room.leave(ann)
    const told = opened(room, call)
    expect([told.to(ann), told.events(ben)]).toEqual([[], ['newRoom']])
  })

  it('[I6] that cannot be made is refused for now', () => {
    const { room, ann, ben } = two()
    const call = pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' }))
    const told = new Told(room.core.pairFailed(call, room.now))
    expect(told.the(ann, 'error')).toMatchObject({ code: 'unavailable', retryAfter: 60_000 })
    expect(told.to(ben)).toEqual([])
  })

  it('[I7] can only name another member of this room', () => {
    const { room, ann } = two()
    const ask = (username2: string) => refusal(room.send(ann, 'newRoom', { username2 }), ann)
    for (const nobody of ['cleo', '', '\u0007']) {
      expect(ask(nobody)).toMatchObject({
        code: 'not-found',
        message: expect.stringMatching(/\(username2\)$/),
      })
    }
    expect(ask('ANN')).toMatchObject({
      code: 'bad-data',
      message: expect.stringMatching(/\(username2 is yourself\)$/),
    })
  })

  it('[I8] is repeated at each join, until it is dismissed', () => {
    const { room, ann, ben } = two()
    opened(room, pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' })))
    const join = () => {
      const tab = room.open('ben')
      const told = room.join(tab)
      return told.to(tab).slice(3)
    }
    const again = [{ event: 'newRoom', data: { ...invitation, created: false } }]
    expect([join(), join()]).toEqual([again, again])
    const elsewhere = room.send(ben, 'dismissRoom', { invite: PAIR, room: 'hall' })
    expect(elsewhere.the(ben, 'error')).toMatchObject({
      code: 'bad-data',
      message: expect.stringMatching(/\(room\)$/),
    })
    room.send(ann, 'dismissRoom', { invite: PAIR })
    room.send(ben, 'dismissRoom', { invite: 'other' })
    expect(join()).toEqual(again)
    expect(room.send(ben, 'dismissRoom', { invite: PAIR }).to(ben)).toEqual([])
    expect(join()).toEqual([])
  })

  it('[I9] ends once the invited person has joined', () => {
    const { room, ann } = two()
    opened(room, pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' })))
    room.core.visited('ben', PAIR, room.now)
    expect(room.store.waiting('ben')).toEqual([])
  })

  it('[I16] waits beside at most fifty: one more reaches a present person, and is refused for an absent one', () => {
    const { room, ben } = two()
    const late = room.enter('late')
    const ask = (by: string) => room.send(room.enter(by), 'newRoom', { username2: 'ben' })
    for (let n = 1; n <= LIMITS.invitationsWaiting; n++) opened(room, pairCallOf(ask(`p${n}`)))
    const told = opened(room, pairCallOf(room.send(late, 'newRoom', { username2: 'ben' })))
    expect([told.events(ben), told.events(late)]).toEqual([['newRoom'], ['newRoom']])
    const waiting = room.store.waiting('ben')
    expect([waiting.length, waiting.some(({ inviter }) => inviter === 'late')]).toEqual([50, false])
    room.leave(ben)
    room.wait(LIMITS.leaveGraceMs)
    expect(refusal(room.send(late, 'newRoom', { username2: 'ben' }), late)).toMatchObject({
      code: 'limit-reached',
      message: expect.stringMatching(/\(username2\)$/),
    })
    // A repeated invitation takes no further place.
    pairCallOf(ask('p7'))
    room.store.uninvite('ben', waiting[0]?.room ?? '')
    pairCallOf(room.send(late, 'newRoom', { username2: 'ben' }))
  })

  it('[I20] takes only a share of the fifty places from one address, so that a friend from another still gets one', () => {
    const { room, ben, ann } = two()
    room.leave(ben)
    room.wait(LIMITS.leaveGraceMs)
    const answers = Array.from({ length: 40 }, (_, n) => {
      const from = room.open(`spam${n}`, { network: 'cafe' })
      room.join(from)
      room.now += 10_000
      const told = room.send(from, 'newRoom', { username2: 'ben' })
      if (told.roomCalls.length > 0) opened(room, pairCallOf(told))
      return told.roomCalls.length > 0 ? 'ok' : refusal(told, from)
    })
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(LIMITS.invitationsOfNetwork)
    expect(answers.at(-1)).toMatchObject({ code: 'limit-reached' })
    opened(room, pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' })))
    expect(room.store.waiting('ben').map(({ inviter }) => inviter)).toContain('ann')
  })

  it('[I21] from one address is limited in rate, over all its senders and receivers', () => {
    const { room } = two()
    const answers = Array.from({ length: 40 }, (_, n) => {
      const from = room.open(`spam${n}`, { network: 'cafe' })
      room.join(from)
      room.now += 100
      return room.send(from, 'newRoom', { username2: n % 2 === 0 ? 'ann' : 'ben' }).roomCalls.length
    })
    const share = LIMITS.appealBurst * LIMITS.networkAppeals
    const taken = answers.filter((calls) => calls > 0).length
    expect(taken).toBeGreaterThanOrEqual(share)
    expect(taken).toBeLessThan(share + 4)
  })

  it('[I22] of someone the room knows takes the place of a newcomer’s, where all fifty are taken', () => {
    const { room, ben } = two()
    const friend = room.enter('friend')
    room.wait(LIMITS.newcomerMs)
    room.leave(ben)
    room.wait(LIMITS.leaveGraceMs)
    for (let n = 0; n < LIMITS.invitationsWaiting; n++)
      opened(room, pairCallOf(room.send(room.enter(`new${n}`), 'newRoom', { username2: 'ben' })))
    const late = room.enter('late')
    expect(refusal(room.send(late, 'newRoom', { username2: 'ben' }), late)).toMatchObject({
      code: 'limit-reached',
    })
    opened(room, pairCallOf(room.send(friend, 'newRoom', { username2: 'ben' })))
    const waiting = room.store.waiting('ben').map(({ inviter }) => inviter)
    expect([waiting.length, waiting.includes('friend')]).toEqual([LIMITS.invitationsWaiting, true])
  })

  describe('to someone who refuses strangers', () => {
    const refuses = (room: TestRoom, by: string, refusesStrangers = true) =>
      expect(room.ask(by, { kind: 'setOwn', change: { refusesStrangers } })).toBe('ok')
    const ask = (room: TestRoom, from: Connection, username2: string) =>
      room.send(from, 'newRoom', { username2 })

    it('[I23] is refused from a stranger, with a code of its own, and stored nowhere', () => {
      const { room, ann } = two()
      refuses(room, 'ben')
      expect(refusal(ask(room, ann, 'ben'), ann)).toMatchObject({ code: 'strangers-refused' })
      expect(room.store.waiting('ben')).toEqual([])
      refuses(room, 'ben', false)
      opened(room, pairCallOf(ask(room, ann, 'ben')))
    })

    it('[I24] arrives from a person they have met in private, at the invitation of either', () => {
      const { room, ann, ben } = two()
      const call = pairCallOf(ask(room, ben, 'ann'))
      opened(room, call)
      room.core.visited('ann', call.room, room.now)
      for (const by of ['ann', 'ben']) refuses(room, by)
      opened(room, pairCallOf(ask(room, ann, 'ben')))
      opened(room, pairCallOf(ask(room, ben, 'ann')))
      const cleo = room.enter('cleo')
      expect(refusal(ask(room, cleo, 'ben'), cleo)).toMatchObject({ code: 'strangers-refused' })
    })

    it('[I25] arrives from a person whom they have invited themselves', () => {
      const { room, ann, ben } = two()
      refuses(room, 'ben')
      opened(room, pairCallOf(ask(room, ben, 'ann')))
      opened(room, pairCallOf(ask(room, ann, 'ben')))
    })

    it('[I26] no longer waits if it came from a stranger before, and others do', () => {
      const { room, ann } = two()
      const cleo = room.enter('cleo')
      opened(room, pairCallOf(ask(room, ann, 'ben')))
      const met = pairCallOf(ask(room, cleo, 'ben'))
      opened(room, met)
      room.core.visited('ben', met.room, room.now)
      opened(room, pairCallOf(ask(room, cleo, 'ben')))
      refuses(room, 'ben')
      expect(room.store.waiting('ben').map(({ inviter }) => inviter)).toEqual(['cleo'])
    })
  })

  it('[I10] has a link to the origin that each person uses', () => {
    const { room, ann } = two()
    const far = room.open('ben')
    Object.assign(far, { origin: 'https://other.test' })
    room.join(far)
    const told = opened(room, pairCallOf(room.send(ann, 'newRoom', { username2: 'ben' })))
    expect([told.the(ann, 'newRoom'), told.the(far, 'newRoom')]).toMatchObject([
      { url: `https://hallway.test/r/${PAIR}` },
      { url: `https://other.test/r/${PAIR}` },
    ])
  })
})

describe('the name in an invitation', () => {
  /** A room that knows these people, each last seen `days` ago, under names that look alike. */
  function remembered(...people: { by: string; username: string; days: number }[]) {
    const room = new TestRoom()
    const ann = room.enter('ann')
    for (const { by, username, days } of people) {
      const seen = room.now - days * DAY_MS
      room.store.savePerson({ by, session: `s-${by}`, username, role: 'member', seen })
    }
    const meant = (username2: string) => pairCallOf(room.send(ann, 'newRoom', { username2 })).invited.by
    return { room, meant }
  }

  it('[I11] means the exact match rather than a later visitor with a confusable name', () => {
    const { meant } = remembered(
      { by: 'late', username: 'PAULA', days: 31 },
      { by: 'exact', username: 'Paula', days: 99 },
    )
    expect([meant('Paula'), meant('PAULA'), meant('paula')]).toEqual(['exact', 'late', 'late'])
  })

  it('[I17] means the later visitor, of two people with confusable names', () => {
    const first = { by: 'first', username: 'PAULA' }
    const second = { by: 'second', username: 'PaulA' }
    expect(remembered({ ...first, days: 99 }, { ...second, days: 31 }).meant('paula')).toBe('second')
    expect(remembered({ ...first, days: 31 }, { ...second, days: 99 }).meant('paula')).toBe('first')
  })

  it('[I18] means the present person, of two with confusable names, unless the other has exactly that name', () => {
    const { room, meant } = remembered(
      { by: 'away', username: 'Paula', days: 40 },
      { by: 'alike', username: 'PAULA', days: 31 },
    )
    room.join(room.open('here'), { username: 'paulA' })
    expect([meant('paula'), meant('paulA'), meant('Paula')]).toEqual(['here', 'here', 'away'])
  })
})

describe('in a private room', () => {
  const members = [
    { session: 's-ann', username: 'Ann' },
    { session: 's-ben', username: 'Ben' },
  ]

  function privately() {
    const room = new TestRoom({ room: PAIR })
    room.core.make({ kind: 'private', home: 'kitchen', members, waiting: [] }, room.now)
    return room
  }

  const asked = (room: TestRoom, invited: string) => {
    const { value } = room.core.openPair({ home: 'kitchen', members, invited }, room.now)
    return value.ok ? value.value : value
  }

  it('[I12] inviting the other person returns this room, before their first visit and after it', () => {
    const room = privately()
    const ann = room.open('ann')
    expect(room.join(ann).the(ann, 'joined')).toMatchObject({ role: 'member', access: 'private' })
    const ask = () => {
      const told = room.send(ann, 'newRoom', { username2: 'ben' })
      expect(told.roomCalls).toEqual([])
      return told.to(ann)
    }
    const given = { ...invitation, created: false }
    expect(ask()).toEqual([{ event: 'newRoom', data: { ...given, username2: 'Ben' } }])
    const ben = room.enter('ben')
    expect(ask()).toEqual([{ event: 'newRoom', data: { ...given, joined: true } }])
    room.leave(ben)
    expect(ask()).toEqual([{ event: 'newRoom', data: given }])
    const watching = room.open('ben')
    room.join(watching, { watch: true })
    expect(ask()).toMatchObject([{ data: { joined: false } }])
  })

  it('[I13] inviting themselves or a third person is refused', () => {
    const room = privately()
    const ann = room.enter('ann')
    const ask = (username2: string) => refusal(room.send(ann, 'newRoom', { username2 }), ann)
    expect(ask('Ann')).toMatchObject({
      code: 'bad-data',
      message: expect.stringMatching(/\(username2 is yourself\)$/),
    })
    expect(ask('cleo')).toMatchObject({ code: 'not-found', message: expect.stringMatching(/\(username2\)$/) })
  })

  it('[I14] the room reports the visit to its home room until that confirms', () => {
    const room = privately()
    expect(asked(room, 's-ben')).toEqual({ joined: false })
    expect(asked(room, 's-ben')).toEqual({ joined: false })
    expect(room.store.record()?.access).toMatchObject({ members, waiting: ['s-ben'] })
    const ann = room.open('ann')
    expect(room.join(ann).roomCalls).toEqual([])
    const visit = { kind: 'tellVisit', home: 'kitchen', session: 's-ben' }
    const ben = room.open('ben')
    expect(room.join(ben).roomCalls).toEqual([visit])
    expect(room.join(room.open('ben')).roomCalls).toEqual([visit])
    room.core.visitTold('s-ann', room.now)
    expect(room.core.record?.access).toMatchObject({ waiting: ['s-ben'] })
    room.core.visitTold('s-ben', room.now)
    expect(room.store.record()?.access).toMatchObject({ waiting: [] })
    expect(room.join(room.open('ben')).roomCalls).toEqual([])
    expect(asked(room, 's-ben')).toEqual({ joined: true })
    expect(asked(room, 's-ann')).toEqual({ joined: true })
    expect(room.core.record?.access).toMatchObject({ waiting: [] })
  })

  it('[I19] a person with a socket who has not joined, or only watches, counts as absent', () => {
    const room = privately()
    room.enter('ann')
    room.leave(room.enter('ben'))
    room.open('ben')
    const watching = room.open('ben')
    room.join(watching, { watch: true })
    expect(asked(room, 's-ben')).toEqual({ joined: false })
  })

  it('[I15] a room that is not private, or has not begun, waits for nobody and reports no visits', () => {
    const room = new TestRoom()
    room.core.visitTold('s-ben', room.now)
    expect(room.core.record).toBeUndefined()
    room.enter('ann')
    expect([asked(room, 's-ann'), asked(room, 's-ben')]).toEqual([{ joined: true }, { joined: false }])
    room.core.visitTold('s-ann', room.now)
    expect(room.core.record?.access).toEqual({ kind: 'open' })
  })
})
