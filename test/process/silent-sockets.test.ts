import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, inject, it } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'
import { newCookie } from '../../tools/cookie.ts'
import { residentBytes } from '../../tools/resident-bytes.ts'
import { RAISED_RATES, startWorkerd } from '../../tools/workerd.mjs'
import { RawReader } from './raw-reader.ts'

const MIB = 1024 * 1024
/** The longest body, of characters with three bytes each. */
const BODY = '漢'.repeat(LIMITS.bodyLength)
const ON_THEIR_WAY = 16
const SOCKETS = 50
const VARS = {
  ...RAISED_RATES,
  NETWORK_BURST: '1000000',
  NETWORK_PER_SECOND: '1000000',
  ARRIVAL_BURST: '1000000',
  ARRIVALS_PER_SECOND: '1000000',
  NETWORK_UNITS_A_DAY: '0',
}
/** What the process may grow by: the room's 32 MiB, and as much again for the heap and what the allocator keeps. */
const MOST = 64 * MIB
/** Each attack asks for 600 kB and for three pages of 2.4 MB for each socket. */
const ROUNDS = 3
const QUIET_MS = 2_000

async function say(writer: RawReader, room: string, messages: number): Promise<void> {
  const end = writer.newest + messages
  for (let seq = writer.newest + 1; seq <= end; seq += 1) {
    await writer.until(() => writer.newest >= seq - ON_THEIR_WAY)
    writer.send({ event: 'updateChat', data: { body: BODY, room, id: `${seq}` } })
  }
  await writer.until(() => writer.newest === end)
}

/** Each of so many people opens 50 sockets, joins on all of them, and asks for pages without reading anything. */
describe.each([1, 4])('50 silent sockets of each of %i people', (people) => {
  it('[SL5] cost the process at most 64 MiB, and they get no more until they are gone', async () => {
    const room = `silent-${people}`
    const rooms = `${inject('bundle').folder}/${room}`
    const server = await startWorkerd(inject('bundle'), { rooms, vars: VARS })
    const writer = await RawReader.join(server.port, { room, username: 'Writer' })
    await say(writer, room, LIMITS.historyPageMax)
    const before = residentBytes(server.pid)
    const cookies = Array.from({ length: people }, () => newCookie())
    let most = 0
    const watch = async () => {
      await sleep(QUIET_MS)
      most = Math.max(most, residentBytes(server.pid) - before)
    }

    const silent = Array.from({ length: people * SOCKETS }, (_, n) => {
      const reader = RawReader.open(server.port, { room, cookie: cookies[n % people] ?? newCookie() })
      reader.stopReading()
      reader.send({ event: 'userJoin', data: { username: `Silent ${n % people}`, room } })
      return reader
    })
    await watch()
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const reader of silent) reader.send({ event: 'msgHistory', data: { limit: 200 } })
      await watch()
    }
    await say(writer, room, LIMITS.historyPageMax)
    await watch()
    console.log(`with ${silent.length} silent sockets workerd grew by ${Math.round(most / MIB)} MiB`)
    expect(most).toBeLessThan(MOST)

    // They come again while their closed sockets hold what they were sent, and once these are gone.
    const statusOf = async (cookie: string): Promise<number> => {
      const answer = await fetch(`${server.url}/api/rooms/${room}`, { headers: { Cookie: cookie } })
      await answer.body?.cancel()
      return answer.status
    }
    const [cookie = ''] = cookies
    expect(await statusOf(cookie)).toBe(429)
    expect(await statusOf(newCookie())).toBe(people === 1 ? 200 : 429)
    for (const reader of silent) reader.leave()
    await expect.poll(() => statusOf(cookie)).toBe(200)
    const back = await RawReader.join(server.port, { room, username: 'Silent 0', cookie })
    expect(back.joined.seq).toBe(writer.newest)
    for (const one of [writer, back]) one.leave()
    await server.kill()
  })
})
