import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Directory } from '../../src/durable/Directory.ts'
import { ADMIN_TOKEN, callAdmin, setAdminToken } from './admin-calls.ts'
import { freshRoom, newCookie, RawClient, request } from './raw-client.ts'

beforeEach(() => setAdminToken(ADMIN_TOKEN))
afterEach(() => {
  vi.restoreAllMocks()
  setAdminToken(undefined)
})

/** Ann says two things, and Ben reports both. */
async function reported(room: string, cookie = newCookie()) {
  const ann = await RawClient.join(room, 'Ann', cookie)
  const ben = await RawClient.join(room, 'Ben')
  for (const [n, body] of ['buy this', 'and that'].entries()) {
    ann.say(body)
    await ann.next('ack')
    await report(ben, n + 1)
  }
  return { ann: ann.frames[0]?.data.by, ben: ben.frames[0]?.data.by }
}

async function report({ room, cookie }: RawClient, ref: number): Promise<void> {
  const answer = await request(`/api/rooms/${room}/reports`, {
    method: 'POST',
    headers: { Cookie: cookie, 'Content-Type': 'application/json' },
    body: JSON.stringify({ ref, reason: 'spam' }),
  })
  expect(answer.status).toBe(204)
}

async function listed(room: string) {
  const { rooms } = await (await callAdmin('GET', '/reports')).json<{ rooms: { room: string }[] }>()
  return rooms.find((entry) => entry.room === room)
}

it('[OX1] reports in a room that nobody owns reach the operator, who reads them with the messages', async () => {
  const room = freshRoom()
  const { ann, ben } = await reported(room)
  await vi.waitFor(async () => expect(await listed(room)).toBeDefined())
  // The second waits for more to come with it.
  await vi.waitFor(
    async () => expect(await listed(room)).toEqual({ room, messages: 2, reportedAt: expect.any(Number) }),
    10_000,
  )
  const { reports } = await (await callAdmin('GET', `/rooms/${room}/reports`)).json<{ reports: unknown[] }>()
  const about = { by: ben, username: 'Ben', about: ann, aboutName: 'Ann', reason: 'spam' }
  expect(reports).toMatchObject([
    { ref: 2, body: 'and that', ...about },
    { ref: 1, body: 'buy this', ...about },
  ])
  expect((await callAdmin('DELETE', `/rooms/${room}`)).status).toBe(204)
  expect(await listed(room)).toBeUndefined()
  expect(await (await callAdmin('GET', `/rooms/${room}/reports`)).json()).toEqual({ reports: [] })
})

it('[OX2] reports in a room with an owner stay there, and so does each where there is no operator', async () => {
  const hears = vi.spyOn(Directory.prototype, 'reported')
  const cookie = newCookie()
  const made = await request('/api/rooms', { method: 'POST', headers: { Cookie: cookie } })
  const { room } = await made.json<{ room: string }>()
  await reported(room, cookie)
  setAdminToken(undefined)
  await reported(freshRoom())
  setAdminToken(ADMIN_TOKEN)
  expect(hears).not.toHaveBeenCalled()
  const { reports } = await (await callAdmin('GET', `/rooms/${room}/reports`)).json<{ reports: unknown[] }>()
  expect(reports).toHaveLength(2)
  await reported(freshRoom())
  await vi.waitFor(() => expect(hears).toHaveBeenCalledTimes(1))
})
