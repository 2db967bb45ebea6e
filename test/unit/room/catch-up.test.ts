import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { utf8Length } from '../../../src/room/model/text.ts'
import type { Connection } from '../../../src/room/state/connection.ts'
import { type Heard, TestRoom, type Told } from './test-room.ts'

/** So many messages are about three parts of a resume. */
const MESSAGES = 320
const LONG = 'x'.repeat(LIMITS.bodyLength)
const CHANGES: readonly string[] = ['updateChat', 'editChat', 'deleteChat', 'react', 'setTopic']

/** A room with a long history, and Ben, who comes back and has missed all of it. */
function back(more: { watch?: boolean } = {}) {
  const room = new TestRoom()
  const ann = room.enter('ann')
  const before = room.enter('ben')
  const { epoch } = room.core.record ?? {}
  const say = (body = LONG) => room.send(ann, 'updateChat', { body })
  for (let n = 0; n < MESSAGES; n += 1) say()
  room.leave(before)
  room.wait(10_000)
  const ben = room.open('ben')
  const told = [room.join(ben, { after: 0, epoch, ...more })]
  const confirm = () => {
    const next = room.send(ben, 'sync', { seq: 1 })
    told.push(next)
    return next
  }
  /** Confirms until nothing more is asked. */
  const confirmAll = () => {
    while (ben.flow.asks.length > 0) confirm()
  }
  const keep = (next: Told): Told => {
    told.push(next)
    return next
  }
  const heard = (): Heard[] => told.flatMap((one) => one.to(ben))
  return { room, ann, ben, epoch, say, told, heard, confirm, confirmAll, keep }
}

const seqOf = ({ data }: Heard): number =>
  typeof data === 'object' && data !== null && 'seq' in data ? Number(data.seq) : 0
const changesOf = (heard: readonly Heard[]): Heard[] => heard.filter(({ event }) => CHANGES.includes(event))
const seqs = (heard: readonly Heard[]): number[] => changesOf(heard).map(seqOf)
const upTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1)
const bytesOf = (told: Told, to: Connection): number =>
  told.frames(to).reduce((sum, frame) => sum + utf8Length(frame), 0)

describe('a long resume', () => {
  it('[CU1] goes out in parts of about 512 KiB, each once its reader has confirmed the one before', () => {
    const { room, ben, told, heard, confirm, confirmAll } = back()
    expect(told[0]?.events(ben).slice(0, 2)).toEqual(['joined', 'activeUsers'])
    expect(told[0]?.events(ben).at(-1)).toBe('sync')
    expect(room.wait(60_000).events(ben)).toEqual([])
    expect(confirm().events(ben).at(-1)).toBe('sync')
    confirmAll()
    expect(told).toHaveLength(3)
    for (const part of told) expect(bytesOf(part, ben)).toBeLessThan(LIMITS.syncEveryBytes + 6_000)
    expect(seqs(heard())).toEqual(upTo(MESSAGES))
    expect(heard().at(-1)).toEqual({ event: 'activeUsers', data: ['ann', 'ben'] })
  })

  it('[CU2] is followed by live changes in order, none missing and none twice, and by nothing sooner', () => {
    const { room, ann, ben, say, told, heard, confirmAll, confirm, keep } = back()
    expect(keep(say('meanwhile')).events(ben)).toEqual([])
    expect(keep(room.send(ann, 'userTyping', { username: 'ann' })).events(ben)).toEqual([])
    expect(keep(room.wait(2_000)).events(ben)).toEqual([])
    confirm()
    // The last part is asked for in a turn with other changes, before and after it.
    keep(
      room.turn(
        [ann, 'updateChat', { body: 'before' }],
        [ben, 'sync', { seq: 1 }],
        [ann, 'updateChat', { body: 'after' }],
      ),
    )
    confirmAll()
    keep(say('live'))
    expect(seqs(heard())).toEqual(upTo(MESSAGES + 4))
    expect(told.at(-1)?.events(ben)).toEqual(['updateChat'])
    keep(room.send(ann, 'userTyping', { username: 'ann' }))
    expect(keep(room.wait(2_000)).events(ben)).toContain('userTyping')
  })

  it('[CU3] has the texts of the time each part is sent: edited ones of today, deleted ones not at all', () => {
    const { room, ann, say, heard, confirmAll, told, ben } = back()
    say('secret')
    room.send(ann, 'editChat', { ref: MESSAGES, body: 'edited' })
    room.send(ann, 'deleteChat', { ref: MESSAGES + 1 })
    room.send(ann, 'editChat', { ref: 1, body: 'sent already' })
    confirmAll()
    expect(told.flatMap((one) => one.frames(ben)).join()).not.toContain('secret')
    expect(seqs(heard())).toEqual(upTo(MESSAGES + 4))
    expect(changesOf(heard()).slice(MESSAGES - 1)).toMatchObject([
      { data: { seq: MESSAGES, body: 'edited' } },
      { data: { seq: MESSAGES + 1, body: '', deleted: true } },
      { event: 'editChat', data: { ref: MESSAGES, body: 'edited' } },
      { event: 'deleteChat', data: { ref: MESSAGES + 1 } },
      { event: 'editChat', data: { ref: 1, body: 'sent already' } },
    ])
  })

  it('[CU4] has the acks of its own reader behind their changes, also of one that was stored before', () => {
    const { room, ann, ben, heard, confirmAll, keep, epoch } = back()
    const mine = { body: 'mine', id: 'mine', since: MESSAGES, epoch }
    expect(keep(room.send(ben, 'updateChat', mine)).events(ben)).toEqual([])
    expect(room.send(ben, 'updateChat', mine).events(ben)).toEqual([])
    keep(room.send(ann, 'updateChat', { body: 'theirs' }))
    confirmAll()
    const acks = heard().filter(({ event }) => event === 'ack')
    expect(acks).toMatchObject([{ data: { id: 'mine', seq: MESSAGES + 1 } }])
    const place = heard().findIndex(({ event }) => event === 'ack')
    expect(heard()[place - 1]).toMatchObject({ event: 'updateChat', data: { id: 'mine' } })
    expect(seqs(heard())).toEqual(upTo(MESSAGES + 2))
    const live = room.send(ben, 'updateChat', { body: 'live' })
    expect(live.events(ben)).toEqual(['ack'])
  })

  it('[CU5] goes on after the room has slept, from where it was', () => {
    const { room, ben, say, heard, confirmAll, confirm, keep } = back()
    expect(confirm().outcome.touched).toContain(ben)
    room.sleep()
    say('meanwhile')
    confirmAll()
    keep(say('live'))
    expect(seqs(heard())).toEqual(upTo(MESSAGES + 2))
  })

  it('[CU6] ends where the room trims what is still to be sent, and its reader starts afresh', () => {
    const { room, ben, epoch, confirm } = back()
    const log = room.core.record
    if (log === undefined) throw new Error('The room has begun')
    room.store.saveRecord({ ...log, floor: MESSAGES - 10 })
    room.sleep()
    const end = confirm()
    expect([end.frames(ben), end.closed(ben)?.code]).toEqual([[], 4408])
    const again = room.open('ben')
    expect(room.join(again, { after: 150, epoch }).the(again, 'joined')).toMatchObject({ resumed: false })
  })

  it('[CU11] ends before a change that the storage has lost meanwhile, and its reader starts afresh', () => {
    const { room, ben, epoch, heard, confirm } = back()
    const lost = 150
    room.sql.run('DELETE FROM messages WHERE seq = ?', lost)
    confirm()
    const end = confirm()
    expect(seqs(heard())).toEqual(upTo(lost - 1))
    expect([end.frames(ben), end.closed(ben)?.code]).toEqual([[], 4408])
    const again = room.open('ben')
    expect(room.join(again, { after: lost - 1, epoch }).the(again, 'joined')).toMatchObject({
      resumed: false,
    })
  })

  it('[CU7] of a watcher is followed by gathered changes', () => {
    const { room, say, heard, confirmAll, confirm, keep } = back({ watch: true })
    keep(say('meanwhile'))
    keep(room.wait(LIMITS.watchGatherMs))
    confirm()
    keep(say('gathered'))
    confirmAll()
    keep(room.wait(LIMITS.watchGatherMs))
    keep(say('live'))
    keep(room.wait(LIMITS.watchGatherMs))
    expect(seqs(heard())).toEqual(upTo(MESSAGES + 3))
  })

  it('[CU8] waits for every answer that is owed, and an answer nobody asked for moves nothing', () => {
    const { room, ben, confirm, keep } = back()
    keep(room.send(ben, 'msgHistory', { limit: 200 }))
    expect(ben.flow.asks).toHaveLength(2)
    expect(confirm().events(ben)).toEqual([])
    expect(confirm().events(ben)).toContain('updateChat')
    const { catchUp } = ben
    ben.flow.asks.length = 0
    expect(confirm().events(ben)).toEqual([])
    expect(ben.catchUp).toEqual(catchUp)
  })

  it('[CU9] is given up where its reader confirms nothing for three minutes', () => {
    const { room, ben, say } = back()
    room.wait(LIMITS.staleMs)
    expect(say().closed(ben)).toBeUndefined()
    room.wait(LIMITS.staleLookMs)
    expect(say().closed(ben)?.code).toBe(4410)
  })

  it('[CU10] tells the invitations that wait for its reader at its end', () => {
    const { room, ann, ben, heard, confirmAll } = back()
    room.send(ann, 'newRoom', { username2: 'ben' })
    room.store.invite('ben', { room: 'a'.repeat(26), inviter: 'ann' })
    expect(heard().map(({ event }) => event)).not.toContain('newRoom')
    confirmAll()
    expect(heard().at(-1)).toMatchObject({
      event: 'newRoom',
      data: { username: 'ann', username2: ben.username },
    })
  })
})
