import { randomUUID } from 'node:crypto'
import {
  MemoryOutbox,
  openSession,
  type Session,
  type SessionOptions,
  type Socket,
  type SocketHandlers,
} from '../client/session/index.ts'
import { realClock } from './real-clock.ts'

/** Creates a person on the server and returns their cookie. */
export async function newPerson(url: string): Promise<string> {
  const { headers } = await fetch(`${url}/api/session`, { method: 'POST' })
  return headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** Connects to a room by Node's WebSocket, as a `Socket` of the session kit. */
export function nodeSocket(
  url: string,
  { room, cookie }: { room: string; cookie: string },
  handlers: SocketHandlers,
): Socket {
  // The types lack Node's second argument, which takes headers.
  const init = { headers: { cookie } } as unknown as string[]
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/rooms/${room}/ws`, init)
  socket.onopen = () => handlers.open()
  socket.onmessage = ({ data }) => handlers.message(String(data))
  socket.onclose = ({ code }) => handlers.close(code)
  return { send: (text) => socket.send(text), close: () => socket.close() }
}

/** Opens a session over Node's WebSocket. */
export function openNodeSession(
  url: string,
  {
    cookie,
    ...options
  }: Partial<SessionOptions> & Pick<SessionOptions, 'room' | 'username'> & { cookie: string },
): Session {
  const { room } = options
  return openSession({
    connect: (handlers) => nodeSocket(url, { room, cookie }, handlers),
    diagnose: async () => undefined,
    outbox: new MemoryOutbox(),
    clock: realClock(),
    random: Math.random,
    newId: randomUUID,
    online: true,
    ...options,
  })
}

/** Resolves once `is` is true of the session. After `ms` it rejects with the status and the last rows. */
export function until(session: Session, is: (session: Session) => boolean, ms = 30_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      if (is(session)) end(resolve)
    }
    const end = (settle: () => void) => {
      clearTimeout(timer)
      unsubscribe()
      settle()
    }
    const unsubscribe = session.subscribe(check)
    const timer = setTimeout(() => {
      const { status, timeline } = session.view
      end(() => reject(new Error(`Waited ${ms} ms: ${JSON.stringify({ status, last: timeline.slice(-3) })}`)))
    }, ms)
    check()
  })
}
