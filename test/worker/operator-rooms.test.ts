import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Quota } from '../../src/durable/Quota.ts'
import { UnbegunRoom } from '../../src/durable/room/unbegun-room.ts'
import { ADMIN_TOKEN, callAdmin, setAdminToken } from './admin-calls.ts'
import { freshRoom, newCookie, RawClient, request, upgrade } from './raw-client.ts'

const as = shipped()

/** The settings as shipped. */
function shipped() {
  const { ROOMS_A_DAY, ROOMS_BEGUN_A_DAY } = env
  return { ROOMS_A_DAY, ROOMS_BEGUN_A_DAY }
}

beforeEach(() => setAdminToken(ADMIN_TOKEN))
afterEach(() => {
  vi.restoreAllMocks()
  Object.assign(env, as)
  setAdminToken(undefined)
})

const makeRoom = () => request('/api/rooms', { method: 'POST', headers: { Cookie: newCookie() } })
const codeOf = async (answer: Response) => (await answer.json<{ code: string }>()).code

describe('where only the operator makes rooms', () => {
  beforeEach(() => {
    Object.assign(env, { ROOMS_A_DAY: '0', ROOMS_BEGUN_A_DAY: '0' })
  })

  it('[OM1] nobody makes a room, and the refusal says who does', async () => {
    const answer = await makeRoom()
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({
      code: 'forbidden',
      title: 'Only the operator makes rooms here.',
    })
  })

  it('[OM2] nobody begins a room by joining it: it does not exist', async () => {
    const room = freshRoom()
    const spend = vi.spyOn(Quota.prototype, 'spend')
    const answers = [
      await request(`/api/rooms/${room}`),
      await request(`/api/rooms/${room}/messages`),
      await upgrade(room, { 'CF-Connecting-IP': '192.0.2.1' }),
      await upgrade(room),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect(await codeOf(await upgrade(room))).toBe('not-found')
    expect(spend).not.toHaveBeenCalled()
    const unbegun = new UnbegunRoom(room, false)
    expect([await unbegun.facts(), await unbegun.messages()]).toMatchObject([
      { code: 'not-found' },
      { code: 'not-found' },
    ])
  })

  it('[OM3] a room that the operator makes is open to all, belongs to nobody, and is made once', async () => {
    const room = freshRoom()
    const made = await callAdmin('PUT', `/rooms/${room}`)
    expect([made.status, await made.json()]).toEqual([200, { room, url: `http://hallway.test/r/${room}` }])
    const ann = await RawClient.join(room, 'Ann')
    expect(ann.frames[0]?.data).toMatchObject({ role: 'member', access: 'open' })
    // The topic of a room with an owner is theirs.
    ann.send('setTopic', { topic: 'boats', room })
    await ann.next('ack')
    expect((await callAdmin('PUT', `/rooms/${room}`)).status).toBe(200)
    expect(await (await request(`/api/rooms/${room}`)).json()).toMatchObject({ seq: 1 })
    expect((await callAdmin('PUT', '/rooms/-no-')).status).toBe(400)
    expect((await callAdmin('DELETE', `/rooms/${room}`)).status).toBe(204)
    expect((await upgrade(room)).status).toBe(404)
  })
})

it('[OM4] a network may be kept from making rooms and not from beginning them, and the other way round', async () => {
  Object.assign(env, { ROOMS_A_DAY: '0' })
  expect((await makeRoom()).status).toBe(403)
  expect((await upgrade(freshRoom())).status).toBe(101)
  Object.assign(env, as, { ROOMS_BEGUN_A_DAY: '0' })
  expect((await makeRoom()).status).toBe(201)
  expect((await upgrade(freshRoom())).status).toBe(404)
})
