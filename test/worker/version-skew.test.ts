import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { CALL_VERSION, SESSION_HEADER, VERSION_HEADER } from '../../src/durable/room/room-caller.ts'
import { unavailable } from '../../src/http/unavailable.ts'
import { freshRoom, newCookie, RawClient, sleep } from './raw-client.ts'

/** What a socket carries, as another version may have written it. */
type Attachment = Record<string, unknown> & { flow: Record<string, unknown> }

/** An attachment with some fields only, as before the others were there. */
const only = (from: Attachment, ...names: string[]) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)))

/** The fields of the first version that was published. */
const FIRST = ['session', 'by', 'origin', 'joined', 'watch', 'username', 'role', 'strikes']
const flowOf = ({ flow }: Attachment) => ({ ...flow, allowance: 0 })

/** Two people talk, the room sleeps, and every attachment is what another version makes of it. */
async function talk(written: (own: Attachment) => unknown) {
  const room = freshRoom('skew')
  const cookie = newCookie()
  const ann = await RawClient.join(room, 'Ann', cookie)
  const ben = await RawClient.join(room, 'Ben')
  ann.say('before')
  await ben.until(({ data }) => data.body === 'before')
  await ann.rest()
  await runInDurableObject(env.ROOMS.getByName(room), (_, state) => {
    for (const socket of state.getWebSockets()) {
      socket.serializeAttachment(written(socket.deserializeAttachment()))
      // This version writes no more of its own before it sleeps.
      Object.defineProperty(socket, 'serializeAttachment', { value: () => {} })
    }
  })
  await sleep(room)
  ann.say('after')
  return { room, cookie, ann, ben }
}

describe('what another version attached to a socket', () => {
  it.each<[string, (own: Attachment) => unknown]>([
    ['this version', (own) => own],
    ['the version before, without a number', ({ v: _, ...own }) => own],
    [
      'a version whose flow had an allowance',
      (own) => ({ ...only(own, ...FIRST, 'joinedAs', 'openedAt'), flow: flowOf(own) }),
    ],
    [
      'a version that did not know when a socket was opened',
      (own) => only(own, ...FIRST, 'joinedAs', 'flow'),
    ],
    [
      'a later version that adds fields',
      (own) => ({ ...own, mood: 'calm', flow: { ...own.flow, window: 1 } }),
    ],
    ['a version that counted something else', (own) => ({ ...own, carried: { since: 'long ago' } })],
  ])('[AV1] of %s is read: everyone stays connected and hears the next message', async (_, written) => {
    const { ann, ben } = await talk(written)
    expect((await ann.next('ack')).data).toMatchObject({ seq: 2 })
    await ben.until(({ data }) => data.body === 'after')
    await ben.rest()
    await ann.rest()
    expect([ann.closed, ben.closed]).toEqual([undefined, undefined])
  })

  it.each<[string, (own: Attachment) => unknown]>([
    [
      'the first version, without the name in `joined`',
      (own) => ({ ...only(own, ...FIRST), flow: flowOf(own) }),
    ],
    ['a version without flow control', ({ flow: _, ...own }) => own],
    ['a version that counts bytes elsewhere', (own) => ({ ...own, flow: { asks: [] } })],
    [
      'a version with a limit that is no number',
      (own) => ({ ...own, flow: { ...own.flow, unanswered: NaN } }),
    ],
    ['a later version with another role', (own) => ({ ...own, role: 'bishop' })],
    ['a later version where fields mean something else', (own) => ({ ...own, v: 2 })],
    ['a later version that had closed it', ({ by }) => ({ v: 2, unread: { by, bytes: 9 } })],
    ['a version of another shape', () => ['an', 'array']],
  ])('[AV2] of %s ends its socket with 1012, and its client resumes', async (_, written) => {
    const { room, cookie, ann, ben } = await talk(written)
    expect(await ann.untilClosed()).toEqual({ code: 1012, reason: 'restart' })
    expect(await ben.untilClosed()).toEqual({ code: 1012, reason: 'restart' })
    const { epoch } = ann.frames[0]?.data ?? {}
    const back = await RawClient.join(room, 'Ann', cookie, { after: 0, epoch })
    expect(back.frames[0]?.data).toMatchObject({ resumed: true })
    expect((await back.next('updateChat')).data).toMatchObject({ seq: 1, body: 'before' })
    back.say('after')
    expect((await back.next('ack')).data).toMatchObject({ seq: 2 })
  })
})

describe('a call between a Worker and a room of different versions', () => {
  const refusalOf = async (call: Promise<unknown>) => {
    const fault = await call.then(
      () => undefined,
      (reason) => reason,
    )
    const response = unavailable(fault, Date.now())
    return response && [response.status, response.headers.get('Retry-After')]
  }
  const roomOf = () => env.ROOMS.getByName(freshRoom('calls'))

  it('[AV3] is served where it says no version, or this one', async () => {
    for (const version of [undefined, CALL_VERSION])
      expect(await roomOf().facts({ session: 'someone', version })).toMatchObject({ ok: true })
  })

  it('[AV4] is refused for a few seconds where it means something else', async () => {
    const [version, session] = [CALL_VERSION + 1, 'someone']
    expect(await refusalOf(roomOf().facts({ session, version }))).toEqual([503, '5'])
    const headers = { Upgrade: 'websocket', [SESSION_HEADER]: session, [VERSION_HEADER]: String(version) }
    expect(await refusalOf(roomOf().fetch('http://hallway.test/', { headers }))).toEqual([503, '5'])
  })

  it('[AV5] is refused likewise where the room does not know its name', async () => {
    const room = roomOf()
    const call = async () => Reflect.apply(Reflect.get(room, 'callOfTomorrow'), room, [])
    expect(await refusalOf(call())).toEqual([503, '5'])
    expect(unavailable(new Error('some other fault'), Date.now())).toBeUndefined()
  })
})
