import type { SessionOptions } from '../../../client/session/index.ts'
import type { ClientFrame } from '../../../src/protocol/client-frames.ts'
import type { ServerFrame } from '../../../src/protocol/server-frames.ts'
import { type Client, FakeWorld } from './fake-world.ts'

/** A session that has just joined. `tell` sends frames to it and waits until they have arrived. */
export async function live(options: Partial<SessionOptions> = {}, world = new FakeWorld()) {
  const client = world.open(options)
  await world.clock.advance(100)
  const tell = async (...frames: ServerFrame[]): Promise<void> => {
    world.server.tell(client.wire.peer, ...frames)
    await world.clock.advance(10)
  }
  return { world, client, session: client.session, tell }
}

/** The data of all frames of this event that the client sent, on any connection. */
export function sent<E extends ClientFrame['event']>(client: Client, event: E): unknown[] {
  return client.wires
    .flatMap(({ sent }) => sent)
    .flatMap((text) => (text.startsWith('{') ? [JSON.parse(text)] : []))
    .flatMap((frame: ClientFrame) => (frame.event === event ? [frame.data] : []))
}

export function joinedAs(world: FakeWorld, resumed: boolean): ServerFrame {
  const { epoch, limits } = world.server
  const me = { username: 'me', by: 'me', room: 'main', role: 'member', version: 1 } as const
  return { event: 'joined', data: { ...me, epoch, seq: 0, resumed, limits } }
}

export const ada = { username: 'Ada', by: 'a', room: 'main' }
export const messageFrame = (seq: number, body = `${seq}`): ServerFrame => ({
  event: 'updateChat',
  data: { seq, id: `i${seq}`, by: 'a', username: 'Ada', body, time: seq, room: 'main' },
})
