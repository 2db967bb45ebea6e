import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { Connection } from '../../../src/room/state/connection.ts'
import { TestRoom, Told } from './test-room.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
type Heard = { seq: number; ref?: number }

/** Runs everything that is due. */
function runMaintenance(room: TestRoom): number {
  let batches = 0
  for (;;) {
    const due = room.core.maintenanceDue(room.now)
    if (due === undefined || due > room.now) return batches
    if (++batches > 100) throw new Error('It never ends')
    const [batch] = room.core.dueBatches(room.now)
    if (batch === undefined) throw new Error('Nothing is due')
    room.core.maintain(batch, room.now)
  }
}

/** The same, and what `to` hears of it. */
function runMaintenanceHeard(room: TestRoom, to: Connection) {
  const heard: unknown[] = []
  for (;;) {
    const [batch] = room.core.dueBatches(room.now)
    if (batch === undefined) return heard
    heard.push(...new Told(room.core.maintain(batch, room.now)).to(to))
  }
}

describe('a person’s data', () => {
  it('[FO1] is erased on request: messages become tombstones without a name, and everyone receives the deletions', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    for (const body of ['one', 'two']) room.send(ben, 'updateChat', { body })
    room.send(ben, 'editChat', { ref: 1, body: 'one, edited' })
    room.send(ann, 'updateChat', { body: 'mine' })
    const { answer, told } = room.act('ben', { kind: 'forget' })
    expect(answer.ok).toBe(true)
    expect(told.closed(ben)).toEqual({ code: 4403, reason: 'forgotten' })
    expect(told.to(ann).map(({ event, data }) => [event, (data as Heard).ref])).toEqual([
      ['userLeave', undefined],
      ['deleteChat', 1],
      ['deleteChat', 2],
      ['deleteChat', 0],
    ])
    const page = room.core.page({ limit: 50 })
    expect(page.map(({ body, username, deleted = false }) => [body, username, deleted])).toEqual([
      ['', '', true],
      ['', '', true],
      ['mine', 'ann', false],
    ])
    const all = JSON.stringify([room.store.replay(0, 50), room.store.people(50), room.store.record()])
    expect(all).not.toMatch(/one|two|"username":"ben"|s-ben/)
    expect(room.store.person('ben')).toBeUndefined()
  })

  it('[FO2] is erased in batches, across a sleep and without a gap in the log', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const ben = room.enter('ben')
    const many = 2 * LIMITS.eraseBatch + 5
    for (let i = 0; i < many; i++) room.send(ben, 'updateChat', { body: `${i}` })
    room.act('ben', { kind: 'forget' })
    expect(room.core.page({ limit: 5 }).every(({ deleted }) => deleted)).toBe(false)
    room.sleep()
    expect(runMaintenance(room)).toBe(2)
    const log = room.store.replay(0, 5_000)
    expect(log.map(({ data }) => data.seq)).toEqual(log.map((_, index) => index + 1))
    expect(log.filter(({ event }) => event === 'deleteChat')).toHaveLength(many + 1)
    expect(JSON.stringify(log)).not.toContain('"username":"ben"')
    expect(room.core.record?.settings.erasing).toBeUndefined()
    expect(room.send(ann, 'updateChat', { body: 'still here' }).events(ann)).toEqual(['ack'])
  })

  it('[FO3] is erased without messages that they send later as a new member', () => {
    const room = new TestRoom()
    const ben = room.enter('ben')
    for (let i = 0; i <= LIMITS.eraseBatch; i++) room.send(ben, 'updateChat', { body: `${i}` })
    room.act('ben', { kind: 'forget' })
    const again = room.open('ben')
    room.join(again, { username: 'Benedict' })
    room.send(again, 'updateChat', { body: 'new' })
    runMaintenance(room)
    expect(room.core.page({ limit: 1 })).toMatchObject([{ body: 'new', username: 'Benedict' }])
    expect(room.store.named('ben')).toEqual([])
  })

  it('[FO4] is not erased for an owner who has not transferred the room, nor for a stranger', () => {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    room.enter('ann')
    room.enter('ben')
    expect([room.ask('ann', { kind: 'forget' }), room.ask('cleo', { kind: 'forget' })]).toEqual([
      'forbidden',
      'forbidden',
    ])
    room.ask('ann', { kind: 'moderate', what: { action: 'setRole', by: 'ben', role: 'owner' } })
    expect(room.ask('ann', { kind: 'forget' })).toBe('ok')
  })

  it('[FO6] is erased from the audit log, from waiting invitations and from the editors’ names of other messages', () => {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    const ann = room.enter('ann')
    const mo = room.enter('Moritz')
    room.ask('ann', { kind: 'moderate', what: { action: 'setRole', by: 'Moritz', role: 'moderator' } })
    room.send(ann, 'updateChat', { body: 'mine' })
    room.send(mo, 'editChat', { ref: 1, body: 'changed' })
    const [roomCall] = room.send(mo, 'newRoom', { username2: 'ann' }).roomCalls
    if (roomCall?.kind !== 'openPair') throw new Error('No room call')
    room.core.pairOpened(roomCall, false, room.now)
    expect(room.ask('Moritz', { kind: 'forget' })).toBe('ok')
    const { answer } = room.act('ann', { kind: 'listNotes', before: 99, limit: 99 })
    const left = [answer, room.store.page({ limit: 9 }), room.store.waiting('ann'), room.store.replay(0, 9)]
    // The person's id stays, which is the same as their name here.
    expect(JSON.stringify(left).replaceAll(/"(?:by|about|editorBy)":"Moritz"/g, '')).not.toContain('Moritz')
    expect(room.core.page({ limit: 9 })).toMatchObject([{ body: 'changed', edited: true }])
  })

  it('[FO8] is erased from their reports: the reported message stays, the reason goes', () => {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    const ann = room.enter('ann')
    room.enter('ben')
    room.send(ann, 'updateChat', { body: 'mine' })
    expect(room.ask('ben', { kind: 'report', what: { ref: 1, reason: 'I, Benedict, object' } })).toBe('ok')
    room.ask('ann', { kind: 'moderate', what: { action: 'mute', by: 'ben', ms: 1_000, reason: 'quarrels' } })
    room.sql.run(
      "INSERT INTO audit (time, by, username, action, detail) VALUES (1, 'ben', 'ben', 'report', '#1 I, Benedict')",
    )
    expect(room.ask('ben', { kind: 'forget' })).toBe('ok')
    const notes = room.store.moderation
      .notes(99, 99)
      .map(({ action, ref, reason, detail }) => [action, ref, reason, detail])
    expect(notes).toEqual([
      ['report', undefined, undefined, '#1'],
      ['mute', undefined, 'quarrels', undefined],
      ['report', 1, undefined, undefined],
    ])
  })

  it('[FO7] is erased from a private room, including their name as a member', () => {
    const pair = new TestRoom()
    const members = ['Ann', 'Benedict'].map((name) => ({ session: `s-${name}`, username: name }))
    pair.core.make({ kind: 'private', home: 'hall', members, waiting: [] }, pair.now)
    pair.enter('Benedict')
    expect(pair.ask('Benedict', { kind: 'forget' })).toBe('ok')
    expect(JSON.stringify(pair.store.record()).replaceAll('s-Benedict', '')).not.toContain('Benedict')
    expect(pair.core.refuses({ session: 's-Benedict', by: 'Benedict' }, pair.now)).toBeUndefined()
  })

  it('[FO9] can be erased a limited number of times a minute from one network, because each erasure searches much of the log', () => {
    const room = new TestRoom()
    const come = (by: string, network: string) => {
      room.join(room.open(by, { network }))
      return { session: `s-${by}`, by, network }
    }
    const forget = (who: ReturnType<typeof come>) => {
      const { value: answer } = room.core.act(who, { kind: 'forget' }, room.now)
      return answer.ok ? 'ok' : answer.code
    }
    for (let n = 0; n < LIMITS.appealBurst; n++) expect(forget(come(`p${n}`, 'home'))).toBe('ok')
    const late = come('late', 'home')
    expect([forget(late), forget(come('far', 'cafe'))]).toEqual(['rate-limited', 'ok'])
    expect(room.store.person('late')).toBeDefined()
    room.wait(60_000 / LIMITS.appealsPerMinute)
    expect(forget(late)).toBe('ok')
  })

  /** What a room with 5,000 messages of others searches for Ben's, part by part. */
  function searched(joinsFirst: boolean) {
    const room = new TestRoom()
    room.enter('ann')
    if (joinsFirst) room.enter('ben')
    for (let seq = 1; seq <= 5_000; seq += 1) {
      const data = {
        seq,
        id: `s${seq}`,
        by: 'ann',
        username: 'ann',
        time: room.now,
        room: room.room,
        body: 'x',
      }
      room.store.append({ event: 'updateChat', data })
    }
    room.sleep()
    room.send(room.enter('ben'), 'updateChat', { body: 'mine' })
    const parts: [after: number, upTo: number][] = []
    for (const name of ['messagesOf', 'removeName'] as const) {
      const original: (...args: never[]) => unknown = room.store[name].bind(room.store)
      Object.assign(room.store, {
        [name]: (...args: never[]) => {
          const { after, upTo }: { after: number; upTo: number } = args[1] as never
          if (name === 'messagesOf') parts.push([after, upTo])
          return original(...args)
        },
      })
    }
    expect(room.ask('ben', { kind: 'forget' })).toBe('ok')
    runMaintenance(room)
    expect(room.core.page({ limit: 1 })).toMatchObject([{ body: '', username: '', deleted: true }])
    return parts
  }

  it('[FO10] is searched for only after their first join, and in no part twice', () => {
    expect(searched(false)).toEqual([[5_000, 5_001]])
    expect(searched(true)).toEqual([
      [0, 2_000],
      [2_000, 4_000],
      [4_000, 5_001],
    ])
  })

  it('[FO5] keeps a ban, so that erasure and return do not evade it', () => {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    room.enter('ann')
    room.enter('ben')
    room.ask('ann', { kind: 'moderate', what: { action: 'ban', by: 'ben' } })
    expect(room.ask('ben', { kind: 'forget' })).toBe('banned')
    expect(room.core.refuses({ session: 's-ben', by: 'ben' }, room.now)).toBe('banned')
  })
})

describe('what everyone hears when a person is forgotten', () => {
  it('[FO13] is the leave, then up to where the name is gone, at once and again when all is erased', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    for (let n = 0; n <= LIMITS.eraseBatch; n++) room.send(ben, 'updateChat', { body: `${n}` })
    const upTo = room.core.record?.seq
    room.send(ben, 'userTyping', { username: 'ben' })
    const { told } = room.act('ben', { kind: 'forget' }, undefined, 'office')
    expect(told.to(ann)).toMatchObject([
      { event: 'userLeave', data: { by: 'ben', username: 'ben' } },
      { event: 'deleteChat', data: { by: 'ben', username: '', ref: 0, forgotten: upTo } },
    ])
    expect(room.wait(60_000).events(ann)).not.toContain('userTyping')
    const heard = runMaintenanceHeard(room, ann)
    expect(heard).toHaveLength(LIMITS.eraseBatch + 2)
    expect(heard.at(-1)).toMatchObject({ event: 'deleteChat', data: { ref: 0, forgotten: upTo } })
    expect(JSON.stringify(room.store.replay(0, 1_000))).not.toContain('"username":"ben"')
  })

  it('[FO14] comes by a resume too, and leaves the leave without a second one', () => {
    const room = new TestRoom()
    const [ann] = [room.enter('ann'), room.enter('ben')]
    const { epoch, seq: after } = room.core.record ?? {}
    room.leave(ann)
    room.wait(60_000)
    room.act('ben', { kind: 'forget' })
    const back = room.open('ann')
    const told = room.join(back, { epoch, after })
    expect(told.to(back).filter(({ event }) => event === 'deleteChat')).toMatchObject([
      { data: { by: 'ben', username: '', ref: 0, forgotten: 0 } },
    ])
    expect(room.wait(60_000).events(back)).not.toContain('userLeave')
  })

  it('[FO15] of a report that moderators have yet to hear of is neither a name nor a reason', () => {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    for (const body of ['one', 'two']) room.send(ben, 'updateChat', { body })
    room.enter('Cleopatra')
    const report = (ref: number) =>
      room.act('Cleopatra', { kind: 'report', what: { ref, reason: 'Cleopatra objects' } }).told
    expect(report(1).events(ann)).toContain('report')
    expect(report(2).events(ann)).not.toContain('report')
    room.ask('Cleopatra', { kind: 'forget' })
    const told = room.wait(60_000)
    expect(told.the(ann, 'report')).toMatchObject({ ref: 2, username: '', reason: '' })
  })
})

describe('a topic', () => {
  const stored = (room: TestRoom) => JSON.stringify([room.store.record(), room.store.replay(0, 50)])

  it('[FO16] goes with who set it, and everyone hears that there is none', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    const watching = room.open('ann')
    room.join(watching, { watch: true })
    room.send(ann, 'updateChat', { body: 'heard at once' })
    room.send(ben, 'setTopic', { topic: 'Earlier boats' })
    room.send(ben, 'setTopic', { topic: 'Boats', id: 't2' })
    const { told } = room.act('ben', { kind: 'forget' })
    expect(told.to(ann)).toContainEqual(
      expect.objectContaining({ event: 'setTopic', data: expect.objectContaining({ topic: '' }) }),
    )
    expect(room.core.record?.topic).toBe('')
    expect(room.wait(60_000).frames(watching).join()).not.toMatch(/oats/)
    room.sleep()
    expect(stored(room)).not.toMatch(/oats/)
    const again = room.enter('ben')
    expect(room.send(again, 'setTopic', { topic: 'Boats', id: 't2' }).the(again, 'ack')).toMatchObject({
      seq: 3,
    })
    expect(room.send(again, 'setTopic', { topic: 'Tea', id: 't2' }).the(again, 'error')).toMatchObject({
      code: 'conflict',
    })
  })

  it('[FO17] of someone else stays, and so does one that the same person sets after their return', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    for (const topic of ['Tea', 'Boats']) room.send(ben, 'setTopic', { topic })
    room.send(ann, 'setTopic', { topic: 'Tea' })
    room.act('ben', { kind: 'forget' })
    expect(room.core.record?.topic).toBe('Tea')
    room.send(room.enter('ben'), 'setTopic', { topic: 'Boats' })
    room.send(ann, 'setTopic', { topic: 'Tea' })
    room.act('ben', { kind: 'forget' }, undefined, 'office')
    expect(room.core.record?.topic).toBe('Tea')
    room.send(room.enter('ben'), 'setTopic', { topic: 'Trains' })
    runMaintenance(room)
    expect(room.core.record?.topic).toBe('Trains')
    expect(stored(room)).not.toContain('Boats')
    const { deliveries } = room.join(room.open('cleo')).outcome
    expect(JSON.stringify(deliveries)).toContain('Trains')
    expect(JSON.stringify(deliveries)).not.toContain('topicBy')
  })

  it('[FO18] goes with who set it after that change was trimmed, and where an earlier version stored it', () => {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    room.enter('ann')
    room.ask('ann', { kind: 'set', change: { retention: '7d' } })
    room.ask('ann', { kind: 'moderate', what: { action: 'setRole', by: 'ann', role: 'owner' } })
    const earlier = new TestRoom()
    earlier.send(earlier.enter('ben'), 'setTopic', { topic: 'Boats' })
    earlier.sql.run("UPDATE room SET settings = '{}'")
    earlier.sleep()
    expect(earlier.core.record?.topic).toBe('Boats')
    earlier.ask('ben', { kind: 'forget' })
    expect(stored(earlier)).not.toContain('Boats')
    const mo = room.enter('mo')
    room.ask('ann', { kind: 'moderate', what: { action: 'setRole', by: 'mo', role: 'moderator' } })
    room.send(mo, 'setTopic', { topic: 'Boats' })
    room.now += 9 * DAY_MS
    runMaintenance(room)
    expect([room.store.replay(0, 9), room.core.record?.topic]).toEqual([[], 'Boats'])
    room.ask('mo', { kind: 'forget' })
    expect(stored(room)).not.toContain('Boats')
  })
})

describe('an edit whose message is gone', () => {
  it('[FO19] loses its text with its message, as every text of it does, and no newer message does', () => {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    const [ann, mo] = [room.enter('ann'), room.enter('mo')]
    room.ask('ann', { kind: 'set', change: { retention: '7d' } })
    room.ask('ann', { kind: 'moderate', what: { action: 'setRole', by: 'mo', role: 'moderator' } })
    const watching = room.open('mo')
    room.join(watching, { watch: true })
    room.send(ann, 'updateChat', { body: 'secret' })
    room.send(ann, 'editChat', { ref: 1, body: 'secret at once' })
    room.now += 6 * DAY_MS
    room.send(ann, 'updateChat', { body: 'young' })
    room.send(ann, 'editChat', { ref: 1, body: 'secret, edited', id: 'e1' })
    room.send(mo, 'editChat', { ref: 1, body: 'secret, edited by mo' })
    room.send(ann, 'editChat', { ref: 3, body: 'young, edited' })
    room.now = room.core.maintenanceDue(room.now) ?? 0
    const [batch] = room.core.dueBatches(room.now)
    if (batch === undefined) throw new Error('Nothing is due')
    const { deliveries } = room.core.maintain(batch, room.now)
    expect(JSON.stringify([room.store.replay(0, 50), deliveries])).not.toContain('secret')
    expect(room.wait(60_000).frames(watching).join()).not.toContain('secret')
    expect(room.store.replay(2, 50)).toMatchObject([
      { event: 'updateChat', data: { seq: 3, body: 'young, edited' } },
      { event: 'editChat', data: { seq: 4, body: '', deleted: true } },
      { event: 'editChat', data: { seq: 5, body: '', deleted: true } },
      { event: 'editChat', data: { seq: 6, body: 'young, edited' } },
    ])
    const again = { ref: 1, body: 'secret, edited', id: 'e1' }
    expect(room.send(ann, 'editChat', again).the(ann, 'ack')).toMatchObject({ seq: 4 })
  })

  it('[FO20] that an earlier version left goes with who wrote it', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    room.send(ben, 'updateChat', { body: 'secret' })
    room.send(ben, 'editChat', { ref: 1, body: 'secret, edited' })
    room.send(ann, 'updateChat', { body: 'mine' })
    room.sql.run('DELETE FROM messages WHERE seq = 1')
    room.sql.run('UPDATE room SET floor = 1')
    room.sleep()
    const watching = room.open('ann')
    room.join(watching, { watch: true })
    room.act('ben', { kind: 'forget' })
    expect(JSON.stringify(room.store.replay(1, 50))).not.toContain('secret')
    expect(room.store.page({ limit: 9 })).toMatchObject([{ body: 'mine' }])
  })

  it('[FO21] counts towards a batch: a message with many edits makes it shorter, and is paid for', () => {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    const ann = room.enter('ann')
    for (let n = 1; n <= 20; n++) {
      room.send(ann, 'updateChat', { body: `${n}` })
      room.now += 1
    }
    room.act('ann', { kind: 'set', change: { retention: '7d' } }, undefined, 'office')
    room.now += 6 * DAY_MS
    for (let n = 1; n <= 20; n++)
      for (let edit = 0; edit < LIMITS.editsPerMessage; edit++)
        room.send(ann, 'editChat', { ref: n, body: `${n} ${edit}` })
    room.now = room.core.maintenanceDue(room.now) ?? 0
    const batches: number[] = []
    for (;;) {
      const [batch] = room.core.dueBatches(room.now)
      if (batch === undefined) break
      const before = room.sql.rowsWritten
      room.core.maintain(batch, room.now)
      const written = room.sql.rowsWritten - before
      if (batch.payer) expect(batch.units).toBeGreaterThanOrEqual(written)
      batches.push(written)
    }
    expect(room.core.page({ limit: 50 })).toEqual([])
    expect(batches.length).toBeGreaterThanOrEqual(4)
    expect(Math.max(...batches)).toBeLessThanOrEqual(LIMITS.trimBatch + LIMITS.editsPerMessage + 2)
  })
})

describe('an invitation', () => {
  function invites(room: TestRoom, from: Connection, username2: string) {
    for (const call of room.send(from, 'newRoom', { username2 }).roomCalls)
      if (call.kind === 'openPair') room.core.pairOpened(call, false, room.now)
  }

  it('[FO22] loses the name of who made it under an earlier one, and no other’s who has that name now', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    room.leave(ben)
    room.wait(60_000)
    invites(room, ann, 'ben')
    room.send(ann, 'userRename', { username: 'Zoe' })
    const dora = room.open('dora')
    room.join(dora, { username: 'ann' })
    room.ask('dora', { kind: 'forget' })
    expect(room.store.waiting('ben')).toMatchObject([{ inviter: 'ann', inviterId: 'ann' }])
    room.ask('ann', { kind: 'forget' })
    expect(room.store.waiting('ben').map(({ inviter }) => inviter)).toEqual([''])
  })

  it('[FO23] that an earlier version stored without who made it loses the name by the record of the pair', () => {
    const room = new TestRoom()
    for (const by of ['ann', 'ben', 'cleo', 'dora']) room.enter(by)
    for (const [inviter, name] of [
      ['ann', 'Ann'],
      ['dora', 'Ann'],
    ] as const) {
      const pair = [inviter, 'ben'].sort()
      room.sql.run('INSERT INTO pairs (one, other, room) VALUES (?, ?, ?)', ...pair, `with-${inviter}`)
      room.sql.run(
        'INSERT INTO invitations (invited, room, inviter) VALUES (?, ?, ?)',
        'ben',
        `with-${inviter}`,
        name,
      )
    }
    room.ask('ann', { kind: 'forget' })
    expect(room.store.waiting('ben').map(({ room: of, inviter }) => [of, inviter])).toEqual([
      ['with-ann', ''],
      ['with-dora', 'Ann'],
    ])
    room.ask('dora', { kind: 'forget' })
    expect(room.store.waiting('ben').map(({ inviter }) => inviter)).toEqual(['', ''])
    room.ask('ben', { kind: 'forget' })
    expect(room.store.waiting('ben')).toEqual([])
  })

  it('[FO24] tells the id of who invites, at once and at each join', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    const [call] = room.send(ann, 'newRoom', { username2: 'ben' }).roomCalls
    if (call?.kind !== 'openPair') throw new Error('No room call')
    const told = new Told(room.core.pairOpened(call, false, room.now))
    expect(told.the(ben, 'newRoom')).toMatchObject({ username: 'ann', by: 'ann' })
    expect(told.the(ann, 'newRoom')).toMatchObject({ username: 'ann', by: 'ann' })
    const tab = room.open('ben')
    expect(room.join(tab).the(tab, 'newRoom')).toMatchObject({ username: 'ann', by: 'ann' })
  })
})

describe('an erasure that a network pays for', () => {
  it('[FO11] waits until its batch is paid, and costs at least what it writes', () => {
    const room = new TestRoom()
    const ben = room.enter('ben')
    const many = LIMITS.eraseBatch + 5
    for (let n = 0; n < many; n++) room.send(ben, 'updateChat', { body: `${n}` })
    for (let n = 1; n <= 5; n++) room.send(ben, 'editChat', { ref: n, body: 'edited' })
    room.act('ben', { kind: 'forget' }, undefined, 'office')
    expect(room.store.person('ben')).toBeUndefined()
    expect(room.core.page({ limit: 500 }).some(({ deleted }) => deleted)).toBe(false)
    room.sleep()
    for (;;) {
      const [batch] = room.core.dueBatches(room.now)
      if (batch === undefined) break
      expect(batch.payer).toBe('office')
      const before = room.sql.rowsWritten
      room.core.maintain(batch, room.now)
      expect(batch.units).toBeGreaterThanOrEqual(room.sql.rowsWritten - before)
      expect(batch.units).toBeLessThanOrEqual(2 * (room.sql.rowsWritten - before))
    }
    expect(room.core.page({ limit: 500 }).every(({ deleted }) => deleted)).toBe(true)
  })

  it('[FO12] of one network does not keep that of another waiting', () => {
    const room = new TestRoom()
    for (const by of ['ann', 'ben', 'cleo']) room.send(room.enter(by), 'updateChat', { body: by })
    for (const [by, payer] of [
      ['ann', 'office'],
      ['ben', 'office'],
      ['cleo', 'home'],
    ] as const)
      room.act(by, { kind: 'forget' }, undefined, payer)
    const due = room.core.dueBatches(room.now)
    expect(due.map(({ by, payer }) => [by, payer])).toEqual([
      ['ann', 'office'],
      ['cleo', 'home'],
    ])
    const last = due.at(-1)
    if (last) room.core.maintain(last, room.now)
    expect(room.core.page({ limit: 9 }).map(({ body }) => body)).toEqual(['ann', 'ben', ''])
    expect(room.core.dueBatches(room.now)).toHaveLength(1)
  })
})

describe('a room with a retention time', () => {
  function weekly() {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    const ann = room.enter('ann')
    room.ask('ann', { kind: 'set', change: { retention: '7d' } })
    return { room, ann }
  }

  it('[RT6] has who set it pay for the deletion of what was there, and nobody for what came later', () => {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    const ann = room.enter('ann')
    for (let n = 0; n < 20; n++) room.send(ann, 'updateChat', { body: 'early' })
    const set = (retention: '7d' | '30d' | 'forever') =>
      room.act('ann', { kind: 'set', change: { retention } }, undefined, 'office')
    set('30d')
    const { told } = set('7d')
    expect(JSON.stringify(told.to(ann))).not.toContain('office')
    for (let n = 0; n < 10; n++) room.send(ann, 'updateChat', { body: 'late' })
    room.now += 9 * DAY_MS
    const [batch] = room.core.dueBatches(room.now)
    expect(batch).toMatchObject({ payer: 'office' })
    expect(batch?.units).toBeGreaterThanOrEqual(20)
    if (batch) room.core.maintain(batch, room.now)
    expect(room.core.page({ limit: 50 })).toEqual([])
    room.send(ann, 'updateChat', { body: 'later' })
    room.now += 9 * DAY_MS
    expect(room.core.dueBatches(room.now)).toEqual([{ units: 0 }])
    set('forever')
    room.send(ann, 'updateChat', { body: 'kept' })
    expect(room.core.dueBatches(room.now)).toEqual([])
    set('7d')
    room.now += 9 * DAY_MS
    expect(room.core.dueBatches(room.now)).toMatchObject([{ payer: 'office' }])
    const joined = room.join(room.open('ben'))
    expect(JSON.stringify(joined.outcome.deliveries)).not.toContain('office')
  })

  it('[RT1] has nothing to erase before the first message, or if it keeps messages for ever', () => {
    const { room, ann } = weekly()
    expect(room.core.maintenanceDue(room.now)).toBeUndefined()
    room.send(ann, 'updateChat', { body: 'one' })
    const due = room.core.maintenanceDue(room.now) ?? 0
    expect(due - room.now).toBeGreaterThanOrEqual(7 * DAY_MS)
    expect(due - room.now).toBeLessThanOrEqual(8 * DAY_MS)
    room.ask('ann', { kind: 'set', change: { retention: 'forever' } })
    expect(room.core.maintenanceDue(room.now)).toBeUndefined()
  })

  it('[RT2] erases old messages at most a day late, and no newer ones', () => {
    const { room, ann } = weekly()
    room.send(ann, 'updateChat', { body: 'old' })
    room.send(ann, 'editChat', { ref: 1, body: 'old, edited' })
    room.now += 3 * DAY_MS
    room.send(ann, 'updateChat', { body: 'young' })
    room.now = room.core.maintenanceDue(room.now) ?? 0
    const before = room.sql.rowsWritten
    runMaintenance(room)
    // The two changes, and the record.
    expect(room.sql.rowsWritten - before).toBe(3)
    expect(room.core.page({ limit: 50 }).map(({ body }) => body)).toEqual(['young'])
    expect(JSON.stringify(room.store.replay(0, 50))).not.toContain('old')
    const newcomer = room.open('ben')
    expect(room.join(newcomer).the(newcomer, 'msgHistory')).toMatchObject([{ body: 'young' }])
  })

  it('[RT3] continues its seq, even when nothing is left after a sleep', () => {
    const { room, ann } = weekly()
    for (const body of ['one', 'two']) room.send(ann, 'updateChat', { body })
    room.now += 9 * DAY_MS
    runMaintenance(room)
    room.sleep()
    expect(room.core.page({ limit: 50 })).toEqual([])
    expect(room.send(ann, 'updateChat', { body: 'three' }).the(ann, 'ack')).toMatchObject({ seq: 3 })
  })

  it('[RT4] makes a client start afresh if it missed erased changes, and lets others resume', () => {
    const { room, ann } = weekly()
    const epoch = room.core.record?.epoch
    for (const body of ['one', 'two']) room.send(ann, 'updateChat', { body })
    room.now += 6 * DAY_MS
    room.send(ann, 'updateChat', { body: 'three' })
    room.now += 2 * DAY_MS
    runMaintenance(room)
    const resumed = (after: number) => {
      const tab = room.open('ann')
      return (room.join(tab, { after, epoch }).the(tab, 'joined') as { resumed: boolean }).resumed
    }
    expect([resumed(1), resumed(2), resumed(3)]).toEqual([false, true, true])
    const late = { body: 'late', id: 'x', since: 1, epoch }
    expect(room.send(ann, 'updateChat', late).the(ann, 'error')).toMatchObject({ code: 'stale' })
  })

  it('[RT5] erases many messages in batches, in one run', () => {
    const { room, ann } = weekly()
    for (let i = 0; i <= 2 * LIMITS.trimBatch; i++) room.send(ann, 'updateChat', { body: `${i}` })
    room.now += 9 * DAY_MS
    expect(runMaintenance(room)).toBe(3)
    expect(room.store.replay(0, 10)).toEqual([])
  })
})
