import {
  type Clock,
  openSession,
  type Session,
  type SessionOptions,
  type Socket,
  type SocketHandlers,
} from '../session/index.ts'
import { askFacts, ensureSession, identity } from './api.ts'

const NEVER_OPENED = 1006

export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

type Beside = Pick<SessionOptions, 'outbox'> & Partial<Pick<SessionOptions, 'watch' | 'reported'>>

/** A session in a page: browser sockets, network state and visibility, until `signal`. */
export function openBrowserSession(
  room: string,
  username: string,
  signal: AbortSignal,
  beside: Beside,
): Session {
  const session = openSession({
    room,
    username,
    connect: (handlers) => connectTo(room, handlers),
    diagnose: async () => {
      const answer = await askFacts(room)
      return answer?.kind === 'problem' ? answer.problem : undefined
    },
    ...beside,
    clock: browserClock,
    random: Math.random,
    newId: randomId,
    online: navigator.onLine,
  })
  addEventListener('online', () => session.setOnline(true), { signal })
  addEventListener('offline', () => session.setOnline(false), { signal })
  document.addEventListener('visibilitychange', () => session.setVisible(!document.hidden), { signal })
  signal.addEventListener('abort', () => session.close())
  return session
}

/** `crypto.randomUUID` is missing on plain http, which a local network may well use. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

/** A socket that first waits for the session cookie. */
function connectTo(room: string, handlers: SocketHandlers): Socket {
  let socket: WebSocket | undefined
  let given = false
  const giveUp = () => {
    if (given) return
    given = true
    handlers.close(NEVER_OPENED)
  }
  ensureSession().then((ok) => {
    if (given) return
    if (!ok) return giveUp()
    const address = `${location.origin.replace('http', 'ws')}/api/rooms/${room}/ws`
    socket = new WebSocket(address, identity.protocols)
    socket.onopen = () => handlers.open()
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') handlers.message(data)
    }
    socket.onclose = ({ code }) => {
      if (!given) handlers.close(code)
      given = true
    }
  })
  return {
    send: (text) => socket?.send(text),
    close: () => {
      if (socket) socket.close()
      else giveUp()
    },
  }
}
