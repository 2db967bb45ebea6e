import { describe, expect, it, vi } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { DEFAULT_SETTINGS } from '../../../src/room/model/room-record.ts'
import { TestRoom } from './test-room.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

describe('a person who joins', () => {
  it('[J1] begins a room that has not begun, and gets all events of the join in order', () => {
    const room = new TestRoom({ rate: { burst: 7, perSecond: 3 } })
    const ann = room.open('ann')
    expect(room.core.record).toBeUndefined()
    const told = room.join(ann, { username: '  Ann ' })
    expect(told.to(ann)).toEqual([
      {
        event: 'joined',
        data: {
          username: 'Ann',
          by: 'ann',
          room: 'kitchen',
          epoch: 'id-1',
          seq: 0,
          resumed: false,
          role: 'member',
          version: 1,
          limits: {
            frameBytes: 32_768,
            bodyLength: 4_000,
            usernameLength: 32,
            topicLength: 250,
            historyPageMax: 200,
            rateBurst: 7,
            ratePerSecond: 3,
          },
          access: 'open',
          topic: '',
        },
      },
      { event: 'activeUsers', data: ['Ann'] },
      { event: 'msgHistory', data: [] },
    ])
    const record = {
      epoch: 'id-1',
      seq: 0,
      time: room.now,
      floor: 0,
      topic: '',
      access: { kind: 'open' },
      settings: DEFAULT_SETTINGS,
    }
    expect([room.core.record, room.store.record()]).toEqual([record, record])
    expect(ann).toMatchObject({
      joined: true,
      watch: false,
      username: 'Ann',
      joinedAs: 'Ann',
      role: 'member',
    })
    expect(told.outcome.touched).toEqual(new Set([ann]))
  })

  it('[J2] is announced to the others once, and never to themselves', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const ben = room.open('ben')
    const told = room.join(ben)
    const came = { event: 'userJoin', data: { username: 'ben', room: 'kitchen', by: 'ben' } }
    expect(told.to(ann)).toEqual([])
    expect(told.events(ben)).toEqual(['joined', 'activeUsers', 'msgHistory'])
    const later = room.wait(2_000)
    expect(later.to(ann)).toEqual([came, { event: 'activeUsers', data: ['ann', 'ben'] }])
    expect(later.events(ben)).toEqual(['activeUsers'])
    const second = room.join(room.open('ben'))
    expect([second.to(ann), second.to(ben), room.wait(2_000).to(ann)]).toEqual([[], [], []])
  })

  it('[J3] may name the room in any case, and no other room', () => {
    const room = new TestRoom()
    const ann = room.open('ann')
    const refused = room.join(ann, { room: 'kitchen2' })
    expect(refused.the(ann, 'error')).toMatchObject({
      code: 'bad-data',
      message: expect.stringMatching(/\(room\)$/),
    })
    expect(refused.closed(ann)).toBeUndefined()
    expect(room.join(ann, { room: 'KITCHEN' }).events(ann)).toContain('joined')
    expect(room.join(ann).the(ann, 'error')).toMatchObject({ code: 'already-joined' })
  })

  it('[J4] may try again on the same socket after an invalid or taken name', () => {
    const room = new TestRoom()
    room.enter('ann')
    const ben = room.open('ben')
    expect(room.join(ben, { username: ' ' }).the(ben, 'error')).toMatchObject({ code: 'name-invalid' })
    const taken = room.join(ben, { username: 'ANN' })
    expect(taken.the(ben, 'error')).toMatchObject({ code: 'name-taken' })
    expect([taken.closed(ben), ben.joined]).toEqual([undefined, false])
    expect(room.join(ben).events(ben)).toContain('joined')
  })

  const heldFor = (speaks: boolean) => (days: number, stays: boolean, role?: 'owner' | 'moderator') => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const came = room.now - 2_000
    if (speaks) room.send(ann, 'updateChat', { body: 'hi' })
    const person = room.store.person('ann')
    if (person && role) room.store.saveStanding({ ...person, role })
    if (!stays) {
      room.leave(ann)
      room.wait(10_000)
    }
    room.now = came + days * DAY_MS
    const other = room.open('ben')
    return room.join(other, { username: 'ann' }).events(other)[0]
  }

  it('[J5] keeps their name while present, and for 30 days after their last visit once they have spoken', () => {
    const held = heldFor(true)
    expect(held(30 - 1 / DAY_MS, false)).toBe('error')
    expect(held(30, false)).toBe('joined')
    expect(held(40, true)).toBe('error')
  })

  it('[J25] keeps their name for a day if they have never spoken', () => {
    const held = heldFor(false)
    expect(held(1 - 1 / DAY_MS, false)).toBe('error')
    expect(held(1, false)).toBe('joined')
    expect(held(40, true)).toBe('error')
  })

  it('[J26] keeps their name for good as owner or moderator', () => {
    expect([heldFor(false)(400, false, 'owner'), heldFor(false)(400, false, 'moderator')]).toEqual([
      'error',
      'error',
    ])
  })

  it('[J30] need not compare their own name with others, unless they lost it and became a moderator since', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const again = () => room.join(room.open('ann'), { username: 'ann' })
    const named = vi.spyOn(room.store, 'named')
    again()
    expect(named).not.toHaveBeenCalled()
    for (const connection of room.core.connections) room.leave(connection)
    room.now += DAY_MS
    room.join(room.open('ben'), { username: 'ann' })
    const person = room.store.person('ann')
    if (person) room.store.saveStanding({ ...person, role: 'moderator' })
    const back = room.open('ann')
    expect(room.join(back, { username: 'ann' }).the(back, 'error')).toMatchObject({ code: 'name-taken' })
    expect(ann.joined).toBe(true)
  })

  it('[J27] has spoken although the room slept before they left, or they spoke only on a later visit', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    expect(room.store.person('ann')?.silent).toBe(true)
    room.leave(ann)
    room.wait(10_000)
    expect(room.store.person('ann')?.silent).toBe(true)
    const again = room.enter('ann')
    expect(room.send(again, 'updateChat', { body: 'hi' }).outcome.touched).toContain(again)
    room.sleep()
    room.leave(again)
    expect(room.store.person('ann')?.silent).toBeUndefined()
    room.enter('ann', { username: 'Anna' })
    expect(room.store.person('ann')?.silent).toBeUndefined()
  })

  it('[J28] gets a free name suggested for a taken one', () => {
    const room = new TestRoom()
    const offered = (username: string) => {
      const late = room.open('late')
      return room.join(late, { username }).the(late, 'error')
    }
    const long = 'x'.repeat(LIMITS.usernameLength)
    for (const [n, username] of ['Ian', 'Ian 2', long, '👩'.repeat(16)].entries())
      room.enter(`p${n}`, { username })
    expect(offered('Ian')).toMatchObject({ code: 'name-taken', suggestion: 'Ian 3' })
    expect(offered('lan')).toMatchObject({ suggestion: 'lan 3' })
    expect(offered('Ian 2')).toMatchObject({ suggestion: 'Ian 3' })
    expect(offered(long)).toMatchObject({ suggestion: `${'x'.repeat(LIMITS.usernameLength - 2)} 2` })
    expect(offered('👩'.repeat(16))).toMatchObject({ suggestion: `${'👩'.repeat(15)} 2` })
    for (let n = 3; n <= LIMITS.suggestedNames; n += 1) room.enter(`q${n}`, { username: `Ian ${n}` })
    expect(offered('Ian')).not.toHaveProperty('suggestion')
    const late = room.open('late')
    expect(room.join(late, { username: 'lan 10' }).events(late)[0]).toBe('joined')
  })

  it('[J29] reads at most a hundred people to compare their name, however many share its key', () => {
    const room = new TestRoom()
    room.enter('ann')
    // Of these no two look alike, but all have one key.
    for (let n = 0; n < 200; n += 1) {
      const username = [...n.toString(2).padStart(8, '0')].map((bit) => (bit === '1' ? 'i' : 'l')).join('')
      room.store.savePerson({ by: `p${n}`, session: `s-p${n}`, username, role: 'member', seen: 0 })
    }
    const late = room.open('late')
    const before = room.sql.rowsRead
    expect(room.join(late, { username: 'iiiiiiii' }).the(late, 'error')).toMatchObject({ code: 'name-taken' })
    expect(room.sql.rowsRead - before).toBeLessThan(LIMITS.alikeNames + 20)
  })

  it('[J6] keeps their role, and their last visit is saved once a day', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const first = room.store.person('ann')
    expect(first).toMatchObject({ session: 's-ann', username: 'ann', role: 'member', seen: room.now - 2_000 })
    room.leave(ann)
    room.wait(LIMITS.seenEveryMs - 2_001)
    room.enter('ann')
    expect(room.store.person('ann')).toEqual(first)
    if (first) room.store.savePerson({ ...first, role: 'moderator' })
    room.now = 1_000_000 + LIMITS.seenEveryMs
    const again = room.open('ann')
    const told = room.join(again)
    expect(told.the(again, 'joined')).toMatchObject({ role: 'moderator' })
    expect(room.store.person('ann')).toMatchObject({ role: 'moderator', seen: room.now })
  })

  it('[J7] is the owner of a room they created, and a member of any other', () => {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    const epoch = room.core.record?.epoch
    room.core.make({ kind: 'open', owner: 's-ben' }, room.now + 1)
    expect(room.store.record()).toEqual({
      epoch,
      seq: 0,
      time: room.now,
      floor: 0,
      topic: '',
      access: { kind: 'open', owner: 's-ann' },
      settings: DEFAULT_SETTINGS,
    })
    const [ann, ben] = [room.open('ann'), room.open('ben')]
    expect(room.join(ann).the(ann, 'joined')).toMatchObject({ role: 'owner', epoch })
    expect(room.join(ben).the(ben, 'joined')).toMatchObject({ role: 'member' })
  })

  it('[J8] enters before the other frames of the turn, and receives all their events', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const ben = room.open('ben')
    const told = room.turn([ann, 'updateChat', { body: 'hi' }], [ben, 'userJoin', { username: 'ben' }])
    expect(told.the(ben, 'joined')).toMatchObject({ seq: 0 })
    expect(told.events(ben)).toEqual(['joined', 'activeUsers', 'msgHistory', 'updateChat'])
    expect(told.events(ann)).toEqual(['userJoin', 'ack'])
  })

  it('[J9] gets a sample of names and the number of people, if there are more than 200', () => {
    const room = new TestRoom()
    for (let n = 0; n < 199; n += 1) room.join(room.open(`p${n}`))
    const last = room.open('last')
    expect(room.join(last).events(last)).toEqual(['joined', 'activeUsers', 'msgHistory'])
    const more = room.open('more')
    const told = room.join(more)
    expect(told.events(more)).toEqual(['joined', 'activeUsers', 'presence', 'msgHistory'])
    expect(told.the(more, 'activeUsers')).toHaveLength(200)
    expect(told.the(more, 'presence')).toEqual({ count: 201 })
    expect(room.wait(2_000).to(last).at(-1)).toEqual({ event: 'presence', data: { count: 201 } })
  })
})

describe('a room of more than 200 people', () => {
  it('[J19] announces joins with the next roster; a smaller room announces them after a tenth of a second', () => {
    for (const [people, later] of [
      [198, 100],
      [199, 900],
    ] as const) {
      const room = new TestRoom()
      const first = room.enter('first')
      for (let n = 1; n < people; n += 1) room.join(room.open(`p${n}`))
      room.wait(10_000)
      room.join(room.open('last but one'))
      room.wait(200)
      room.join(room.open('last'))
      expect(room.wait(later - 1).to(first)).toEqual([])
      expect(room.wait(1).events(first)).toContain('userJoin')
    }
  })
})

describe('a person who returns', () => {
  function talk() {
    const room = new TestRoom()
    const ann = room.enter('ann')
    for (let n = 1; n <= 60; n += 1) room.send(ann, 'updateChat', { body: `${n}` })
    const epoch = room.core.record?.epoch
    const back = (more: object) => {
      const again = room.open('ben')
      const told = room.join(again, more)
      return { told, again, events: told.events(again), resumed: told.the(again, 'joined') }
    }
    return { room, ann, epoch, back }
  }

  it('[J10] with a seq and its epoch gets every later change once', () => {
    const { room, ann, epoch, back } = talk()
    room.send(ann, 'editChat', { ref: 58, body: 'fifty-eight' })
    const { told, again, events, resumed } = back({ after: 57, epoch })
    expect(resumed).toMatchObject({ resumed: true, seq: 61 })
    expect(events).toEqual(['joined', 'activeUsers', 'updateChat', 'updateChat', 'updateChat', 'editChat'])
    expect(told.to(again)[2]).toMatchObject({ data: { seq: 58, body: 'fifty-eight', edited: true } })
    expect(back({ after: 61, epoch }).events).toEqual(['joined', 'activeUsers'])
  })

  it.each([
    ['without the epoch', { after: 57 }],
    ['with another epoch', { after: 57, epoch: 'other' }],
    ['from a place that the log has not reached', { after: 61 }],
  ])('[J11] %s starts afresh with the newest 50 messages', (_, more) => {
    const { epoch, back } = talk()
    const { told, again, events, resumed } = back(
      'epoch' in more || more.after === 57 ? more : { ...more, epoch },
    )
    expect(resumed).toMatchObject({ resumed: false })
    expect(events).toEqual(['joined', 'activeUsers', 'msgHistory'])
    const page = told.the(again, 'msgHistory')
    expect(page).toHaveLength(50)
    expect(page).toMatchObject(Array.from({ length: 50 }, (_one, n) => ({ seq: n + 11 })))
  })

  it('[J24] with an epoch but no seq starts afresh too', () => {
    const { epoch, back } = talk()
    expect(back({ epoch }).resumed).toMatchObject({ resumed: false })
  })
})

describe('a watcher', () => {
  it('[J13] must have joined before, and is refused otherwise', () => {
    const room = new TestRoom()
    room.enter('ann')
    const ben = room.open('ben')
    const told = room.join(ben, { watch: true })
    expect(told.the(ben, 'error')).toMatchObject({ code: 'forbidden' })
    expect(told.closed(ben)).toMatchObject({ code: 4403 })
  })

  it('[J14] is listed nowhere, keeps their name, and changes nothing in storage', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    room.leave(room.enter('ben'))
    room.wait(10_000)
    const before = room.store.person('ben')
    room.now += 2 * DAY_MS
    const ben = room.open('ben')
    const told = room.join(ben, { watch: true, username: 'ann' })
    expect(told.the(ben, 'joined')).toMatchObject({ username: 'ben' })
    expect(told.the(ben, 'activeUsers')).toEqual(['ann'])
    expect([told.to(ann), room.wait(10_000).to(ann)]).toEqual([[], []])
    expect([room.core.online, room.store.person('ben')]).toEqual([1, before])
    expect(ben).toMatchObject({ joined: true, watch: true })
    expect([room.leave(ben).to(ann), room.wait(10_000).to(ann)]).toEqual([[], []])
  })
})

describe('another name', () => {
  it('[J15] is sent to everyone, holds in all tabs of its person, and is stored', () => {
    const room = new TestRoom()
    const [ann, ben, tab] = [room.enter('ann'), room.enter('ben'), room.enter('ann')]
    const told = room.send(ann, 'userRename', { username: ' Anna ' })
    const renamed = { event: 'userRename', data: { by: 'ann', username: 'Anna', room: 'kitchen' } }
    const later = room.wait(2_000)
    for (const one of [ann, ben, tab]) {
      expect([told.to(one), later.to(one)]).toEqual([
        [],
        [renamed, { event: 'activeUsers', data: ['Anna', 'ben'] }],
      ])
    }
    expect(told.outcome.touched).toEqual(new Set([ann, tab]))
    expect([ann.username, tab.username, ben.username]).toEqual(['Anna', 'Anna', 'ben'])
    expect(room.store.person('ann')).toMatchObject({ username: 'Anna' })
    expect(room.store.named('anna')).toHaveLength(1)
    expect(room.send(tab, 'updateChat', { body: 'hi' }).to(ben)).toMatchObject([
      { data: { username: 'Anna' } },
    ])
  })

  it('[J16] is refused if it is invalid, taken, or for another room', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    const refusal = (data: object) => {
      const told = room.send(ann, 'userRename', data)
      expect([told.to(ben), told.closed(ann), ann.username]).toEqual([[], undefined, 'ann'])
      return told.the(ann, 'error')
    }
    expect(refusal({ username: '' })).toMatchObject({ code: 'name-invalid' })
    expect(refusal({ username: 'Ben' })).toMatchObject({ code: 'name-taken' })
    expect(refusal({ username: 'Anna', room: 'hall' })).toMatchObject({
      code: 'bad-data',
      message: expect.stringMatching(/\(room\)$/),
    })
    room.send(ann, 'userRename', { username: 'ANN' })
    expect(room.wait(100).events(ben)).toContain('userRename')
  })

  it('[J17] may come with another tab’s join, and then renames the person for everyone', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    room.join(room.open('ann'), { username: 'Anna' })
    expect(room.wait(100).to(ben)).toEqual([
      { event: 'userRename', data: { by: 'ann', username: 'Anna', room: 'kitchen' } },
      { event: 'activeUsers', data: ['Anna', 'ben'] },
    ])
    expect(ann.username).toBe('Anna')
  })

  it('[J18] of a person who was away is no rename: they join under it', () => {
    const room = new TestRoom()
    const ben = room.enter('ben')
    room.leave(room.enter('ann'))
    room.wait(10_000)
    room.join(room.open('ann'), { username: 'Anna' })
    expect(room.wait(100).to(ben)).toEqual([
      { event: 'userJoin', data: { username: 'Anna', room: 'kitchen', by: 'ann' } },
      { event: 'activeUsers', data: ['ben', 'Anna'] },
    ])
    expect(room.store.person('ann')).toMatchObject({ username: 'Anna' })
  })
})

describe('a person who leaves', () => {
  it('[J23] is announced once, after their grace period', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    expect(room.leave(ann).to(ben)).toEqual([])
    expect(room.wait(1_999).to(ben)).toEqual([])
    expect(room.core.online).toBe(2)
    expect(room.wait(3_000).to(ben)).toEqual([
      { event: 'userLeave', data: { username: 'ann', room: 'kitchen', by: 'ann' } },
      { event: 'activeUsers', data: ['ben'] },
    ])
    expect([room.core.online, room.core.nextDue()]).toEqual([1, undefined])
    expect(room.leave(ann).to(ben)).toEqual([])
    expect(room.core.nextDue()).toBeUndefined()
  })

  it('[J20] without having joined is not announced', () => {
    const room = new TestRoom()
    const ben = room.enter('ben')
    room.leave(room.open('ann'))
    expect([room.core.nextDue(), room.wait(10_000).to(ben)]).toEqual([undefined, []])
  })
})

describe('a room that slept', () => {
  it('[J21] sends everyone the roster again, and still knows everyone', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    const watching = room.open('ben')
    room.join(watching, { watch: true })
    room.sleep()
    expect([room.core.online, room.core.connections.size]).toEqual([2, 3])
    expect(room.core.nextDue()).toBeLessThanOrEqual(room.now)
    expect(room.wait(1_000).to(ann)).toEqual([{ event: 'activeUsers', data: ['ann', 'ben'] }])
    const told = room.send(ann, 'updateChat', { body: 'hi' })
    expect(told.events(ben)).toEqual(['updateChat'])
    expect(told.events(watching)).toEqual(['updateChat'])
  })

  it('[J22] with nobody in it sets no timer', () => {
    const room = new TestRoom()
    room.leave(room.enter('ann'))
    room.wait(10_000)
    room.open('ben')
    room.sleep()
    expect([room.core.online, room.core.nextDue()]).toEqual([0, undefined])
  })
})
