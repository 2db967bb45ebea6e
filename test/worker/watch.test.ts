import { describe, expect, it } from 'vitest'
import { type Frame, freshRoom, newCookie, RawClient, sleep } from './raw-client.ts'

/** Ann has joined and left. Ben joined after her. */
async function annAway() {
  const room = freshRoom()
  const cookie = newCookie()
  const ann = await RawClient.join(room, 'Ann', cookie)
  ann.close(1000)
  await ann.untilClosed()
  // A room that slept has no leave grace.
  await sleep(room)
  const ben = await RawClient.join(room, 'Ben')
  expect((await ben.next('activeUsers')).data).toEqual(['Ben'])
  const { by, epoch } = ann.frames[0]?.data ?? {}
  return { room, cookie, ben, by, epoch }
}

const kinds = (frames: readonly Frame[]) => [...new Set(frames.map(({ event }) => event))]

describe.concurrent.each([
  ['awake', async () => {}],
  ['asleep in between', sleep],
])('a watcher of a room, %s', { timeout: 30_000 }, (_kind, pause: (room: string) => Promise<void>) => {
  it('[WA1] gets every change within five seconds, and is never listed', async () => {
    const { room, cookie, ben } = await annAway()
    const watching = await RawClient.join(room, '', cookie, { watch: true })
    expect(watching.frames[0]?.data).toMatchObject({ username: 'Ann', room, seq: 0, resumed: false })
    expect(watching.frames[1]).toEqual({ event: 'activeUsers', data: ['Ben'] })
    await pause(room)
    const asked = Date.now()
    ben.say('one')
    ben.say('two')
    ben.send('react', { ref: 1, emoji: '👍', on: true, room })
    ben.send('userTyping', { username: 'Ben', room })
    await watching.until(({ event }) => event === 'react')
    expect(Date.now() - asked).toBeLessThan(5_500)
    const heard = watching.frames.slice(watching.frames.findIndex(({ event }) => event === 'updateChat'))
    expect(heard.map(({ event, data }) => [event, data.seq])).toEqual([
      ['updateChat', 1],
      ['updateChat', 2],
      ['react', 3],
    ])
    expect(kinds(await ben.rest())).not.toContain('userJoin')
    const cleo = await RawClient.join(room, 'Cleo')
    expect((await cleo.next('activeUsers')).data).toEqual(['Ben', 'Cleo'])
    watching.close(1000)
    await pause(room)
    expect(kinds(await cleo.rest())).not.toContain('userLeave')
    expect(kinds(watching.frames)).not.toContain('userJoin')
    expect(kinds(watching.frames)).not.toContain('userTyping')
  })

  it('[WA2] resumes like any connection, and gets nothing twice', async () => {
    const { room, cookie, ben, epoch } = await annAway()
    const first = await RawClient.join(room, 'Ann', cookie, { watch: true })
    for (const body of ['one', 'two']) {
      ben.say(body)
      await ben.next('ack')
    }
    const watching = await RawClient.join(room, 'Ann', cookie, { watch: true, after: 1, epoch })
    expect(watching.frames[0]?.data).toMatchObject({ resumed: true, seq: 2 })
    ben.say('three')
    await watching.until(({ event, data }) => event === 'updateChat' && data.seq === 3)
    await first.until(({ event, data }) => event === 'updateChat' && data.seq === 3)
    await pause(room)
    const seqs = (raw: RawClient) =>
      raw.frames.filter(({ event }) => event === 'updateChat').map(({ data }) => data.seq)
    expect([seqs(watching), seqs(first)]).toEqual([
      [2, 3],
      [1, 2, 3],
    ])
  })

  it('[WA3] may be present in another tab, which is listed once', async () => {
    const { room, cookie, ben, by } = await annAway()
    const watching = await RawClient.join(room, 'Ann', cookie, { watch: true })
    const tab = await RawClient.join(room, 'Ann', cookie)
    expect((await ben.next('userJoin')).data).toEqual({ username: 'Ann', room, by })
    await pause(room)
    ben.say('hello')
    await tab.next('updateChat')
    expect((await watching.next('updateChat')).data).toMatchObject({ body: 'hello' })
    tab.close(1000)
    expect((await ben.next('userLeave')).data).toEqual({ username: 'Ann', room, by })
  })

  it('[WA4] gets the ack of its own message at once', async () => {
    const { room, cookie, ben, by } = await annAway()
    const watching = await RawClient.join(room, 'Ann', cookie, { watch: true })
    await pause(room)
    watching.say('from the background', { id: 'w' })
    expect((await watching.next('ack')).data).toMatchObject({ id: 'w', seq: 1 })
    expect((await ben.next('updateChat')).data).toMatchObject({ by, username: 'Ann', seq: 1 })
  })

  it('[WA5] must have joined before: anyone else is refused and closed, and nobody notices', async () => {
    const { room, ben } = await annAway()
    await pause(room)
    await ben.rest()
    const stranger = await RawClient.open(room)
    stranger.send('userJoin', { username: 'Sly', room, watch: true })
    expect((await stranger.next('error')).data).toMatchObject({ code: 'forbidden' })
    expect(await stranger.untilClosed()).toEqual({ code: 4403, reason: 'forbidden' })
    expect(kinds(stranger.frames)).toEqual(['error'])
    expect(kinds(await ben.rest()).filter((event) => event !== 'activeUsers')).toEqual([])
    await RawClient.join(room, 'Sly')
  })

  it('[WA6] neither begins a room nor keeps others from beginning it', async () => {
    const room = freshRoom()
    const watching = await RawClient.open(room)
    watching.send('userJoin', { username: 'Ann', room, watch: true })
    expect(await watching.untilClosed()).toMatchObject({ code: 4403 })
    await pause(room)
    expect((await RawClient.join(room, 'Ann')).frames[0]?.data).toMatchObject({ seq: 0, username: 'Ann' })
  })
})
