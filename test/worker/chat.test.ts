import { describe, expect, it } from 'vitest'
import { freshRoom, newCookie, RawClient, request, sleep } from './raw-client.ts'

// Every test runs twice: with the room awake throughout, and with its object evicted at each `pause`.
describe.each([
  ['awake', async () => {}],
  ['asleep in between', sleep],
])('a room, %s', (_kind, pause: (room: string) => Promise<void>) => {
  it('[R1] sends a new connection its identity, the history and the people present, in this order', async () => {
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    ann.say('hello')
    await ann.next('ack')
    await pause(room)
    const ben = await RawClient.join(room, 'Ben')
    await ben.next('msgHistory')
    const kinds = ben.frames.slice(0, 3).map(({ event }) => event)
    expect(kinds).toEqual(['joined', 'activeUsers', 'msgHistory'])
    const [joined, active, history] = ben.frames
    expect(joined?.data).toMatchObject({
      username: 'Ben',
      room,
      seq: 1,
      resumed: false,
      role: 'member',
      version: 1,
    })
    expect(active?.data).toEqual(['Ann', 'Ben'])
    expect(history?.data).toMatchObject([{ seq: 1, username: 'Ann', body: 'hello', room }])
  })

  it('[R2] acknowledges a message to its sender and sends it to all other connections, including the sender’s other tabs', async () => {
    const room = freshRoom()
    const cookie = newCookie()
    const ann = await RawClient.join(room, 'Ann', cookie)
    const tab = await RawClient.join(room, 'Ann', cookie)
    const ben = await RawClient.join(room, 'Ben')
    await pause(room)
    ann.say('hello', { id: 'a1' })
    expect((await ann.next('ack')).data).toMatchObject({ id: 'a1', seq: 1 })
    const message = { seq: 1, id: 'a1', username: 'Ann', body: 'hello', room }
    expect((await ben.next('updateChat')).data).toMatchObject(message)
    expect((await tab.next('updateChat')).data).toMatchObject(message)
    expect((await ann.rest()).map(({ event }) => event)).not.toContain('updateChat')
  })

  it('[R3] answers a retry with the first ack, and sends the message to nobody twice', async () => {
    const room = freshRoom()
    const cookie = newCookie()
    const ann = await RawClient.join(room, 'Ann', cookie)
    const ben = await RawClient.join(room, 'Ben')
    const { epoch, seq } = ann.frames[0]?.data ?? {}
    ann.say('once', { id: 'a1', since: seq, epoch })
    const first = await ann.next('ack')
    await pause(room)
    const again = await RawClient.join(room, 'Ann', cookie)
    again.say('once', { id: 'a1', since: seq, epoch })
    expect((await again.next('ack')).data).toEqual(first.data)
    await pause(room)
    again.say('once', { id: 'a1' })
    expect((await again.next('ack')).data).toEqual(first.data)
    again.say('other', { id: 'a1' })
    expect((await again.next('error')).data).toMatchObject({ code: 'conflict', id: 'a1' })
    again.say('once', { id: 'a1', since: seq, epoch: 'another' })
    expect((await again.next('error')).data).toMatchObject({ code: 'stale', id: 'a1' })
    const heard = (await ben.rest()).filter(({ event }) => event === 'updateChat')
    expect(heard).toHaveLength(1)
  })

  it('[R4] resumes with exactly the missed changes, with current texts and without deleted ones', async () => {
    const room = freshRoom()
    const cookie = newCookie()
    const ann = await RawClient.join(room, 'Ann', cookie)
    const ben = await RawClient.join(room, 'Ben')
    const { epoch } = ann.frames[0]?.data ?? {}
    for (const body of ['one', 'two', 'three']) {
      ben.say(body)
      await ben.next('ack')
    }
    ben.send('editChat', { ref: 2, body: 'TWO', room, id: 'e' })
    await ben.next('ack')
    ben.send('editChat', { ref: 3, body: 'secret', room, id: 'f' })
    await ben.next('ack')
    ben.send('deleteChat', { ref: 3, room, id: 'd' })
    await ben.next('ack')
    ben.send('react', { ref: 1, emoji: '👍', on: true, room, id: 'r' })
    await ben.next('ack')
    await pause(room)
    const back = await RawClient.join(room, 'Ann', cookie, { after: 1, epoch })
    await back.until(({ event, data }) => event === 'react' && data.seq === 7)
    const log = back.frames.filter(({ event }) => !['joined', 'activeUsers', 'userJoin'].includes(event))
    expect(back.frames[0]?.data).toMatchObject({ resumed: true, seq: 7 })
    expect(log.map(({ event, data }) => [event, data.seq])).toEqual([
      ['updateChat', 2],
      ['updateChat', 3],
      ['editChat', 4],
      ['editChat', 5],
      ['deleteChat', 6],
      ['react', 7],
    ])
    expect(log[0]?.data).toMatchObject({ body: 'TWO', edited: true, rev: 4 })
    expect(log[1]?.data).toMatchObject({ body: '', deleted: true, rev: 6 })
    expect(log[3]?.data).toMatchObject({ body: '', deleted: true })
    expect(back.texts.join()).not.toMatch(/three|secret/)
    const afresh = await RawClient.join(room, 'Ann', cookie, { after: 99, epoch })
    expect(afresh.frames[0]?.data).toMatchObject({ resumed: false })
    expect((await afresh.next('msgHistory')).data).toHaveLength(3)
  })

  it('[R9] lets moderators edit and delete other people’s messages, and names them as the editor', async () => {
    const owner = newCookie()
    const made = await request('/api/rooms', { method: 'POST', headers: { Cookie: owner } })
    const { room } = await made.json<{ room: string }>()
    const ann = await RawClient.join(room, 'Ann', owner)
    const ben = await RawClient.join(room, 'Ben')
    for (const body of ['one', 'two']) {
      ben.say(body)
      await ben.next('ack')
    }
    await pause(room)
    ann.send('editChat', { ref: 1, body: 'ONE', room })
    ann.send('deleteChat', { ref: 2, room })
    const { by } = ann.frames[0]?.data ?? {}
    expect((await ben.next('editChat')).data).toMatchObject({ by, username: 'Ann', ref: 1, body: 'ONE' })
    expect((await ben.next('deleteChat')).data).toMatchObject({ by, ref: 2 })
    await pause(room)
    ben.send('editChat', { ref: 1, body: 'mine', room })
    await ben.next('ack')
    ann.send('editChat', { ref: 1, body: 'ONE', room })
    await ben.next('editChat')
    await pause(room)
    await ann.rest()
    ann.send('msgHistory', {})
    const [first, second] = (await ann.next('msgHistory')).data
    expect(first).toMatchObject({ username: 'Ben', body: 'ONE', edited: true, editor: 'Ann', rev: 6 })
    expect(second).toMatchObject({ username: 'Ben', body: '', deleted: true })
  })

  it('[R5] lists people, not tabs, and lists them until a short grace period after they leave', {
    timeout: 15_000,
  }, async () => {
    const room = freshRoom()
    const ben = await RawClient.join(room, 'Ben')
    const cookie = newCookie()
    const ann = await RawClient.join(room, 'Ann', cookie)
    const by = ann.frames[0]?.data.by
    expect((await ben.next('userJoin')).data).toEqual({ username: 'Ann', room, by })
    const tab = await RawClient.join(room, 'Ann', cookie)
    await pause(room)
    ann.close(1000)
    expect((await ben.rest()).map(({ event }) => event)).not.toContain('userLeave')
    tab.close(1000)
    expect((await ben.next('userLeave')).data).toEqual({ username: 'Ann', room, by })
    await ben.until(({ event, data }) => event === 'activeUsers' && data.length === 1)
    expect(ben.frames.filter(({ event }) => event === 'userJoin')).toHaveLength(1)
  })

  it('[R10] announces a leave even if nothing else happens', { timeout: 15_000 }, async () => {
    const room = freshRoom()
    const ben = await RawClient.join(room, 'Ben')
    const ann = await RawClient.join(room, 'Ann')
    const { by } = (await ben.next('userJoin')).data
    await ben.until(({ event, data }) => event === 'activeUsers' && data.length === 2)
    await pause(room)
    ann.close(1000)
    expect((await ben.next('userLeave')).data).toEqual({ username: 'Ann', room, by })
    expect((await ben.next('activeUsers')).data).toEqual(['Ben'])
  })

  it('[R6] sends typing to the others, and stores none of it', async () => {
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    const ben = await RawClient.join(room, 'Ben')
    await pause(room)
    ann.send('userTyping', { username: 'Nobody', room })
    expect((await ben.next('userTyping')).data).toMatchObject({ username: 'Ann', room })
    expect((await ann.rest()).map(({ event }) => event)).not.toContain('userTyping')
    ann.send('msgHistory', {})
    expect((await ann.next('msgHistory')).data).toEqual([])
  })

  it('[R7] returns pages of history by seq, oldest first', async () => {
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    for (let n = 1; n <= 9; n++) {
      ann.say(`m${n}`)
      await ann.next('ack')
    }
    await pause(room)
    const page = async (query: object) => {
      ann.send('msgHistory', query)
      return (await ann.next('msgHistory')).data.map(({ seq }: { seq: number }) => seq)
    }
    expect(await page({ limit: 3 })).toEqual([7, 8, 9])
    expect(await page({ before: 4, limit: 2 })).toEqual([2, 3])
    expect(await page({ after: 4, limit: 2 })).toEqual([5, 6])
    expect(await page({ around: 5, limit: 4 })).toEqual([4, 5, 6, 7])
    expect(await page({ before: 2, limit: 5 })).toEqual([1])
  })

  it('[R8] answers the heartbeat with the newest seq', async () => {
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    ann.text('ping')
    expect((await ann.next('pong')).data).toBe(0)
    ann.say('x')
    await ann.next('ack')
    await pause(room)
    ann.text('ping')
    expect((await ann.next('pong')).data).toBe(1)
  })
})
