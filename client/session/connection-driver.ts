import type { ClientFrame } from '../../src/protocol/client-frames.ts'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import type { ReceivedFrame } from '../../src/protocol/server-frames.ts'
import { deadline, type Effect, type Event, START, type State, step } from './machine.ts'
import type { Clock, SessionOptions, Socket } from './types.ts'

/** What a connection asks of the session it serves. */
export interface Host {
  /** The newest seq up to which nothing is missing; -1 where there is none. */
  cursor(): number
  joinFrame(): ClientFrame
  renameFrame(): ClientFrame
  /** Events of the socket that counts, in order; only errors and `joined` come before it is live. */
  receive(frame: ReceivedFrame): void
  /** The socket is gone, whyever; `code` where it was closed from outside. */
  lost(code: number | undefined): void
  changed(before: State, after: State): void
}

/** The machine's driver: performs its effects, and tells it what sockets and clock do. */
export interface ConnectionDriver {
  readonly state: State
  /** Sends a frame if live; else it is dropped. */
  send(frame: ClientFrame): void
  /** Tells the machine something about the present socket or the surroundings. */
  tell(event: ConnectionReport): void
}
export type ConnectionReport =
  | Event<'online' | 'offline' | 'shown' | 'rename' | 'close'>
  | { kind: 'gap' | 'unanswered' }
  | { kind: 'joined' | 'pong'; seq: number }
  | { kind: 'error'; code: string; message: string; retryAfter?: number }

const PONG = /^pong (\d+)$/

type Options = Pick<SessionOptions, 'connect' | 'diagnose' | 'clock' | 'random'> & { lateMs: number }

export function createConnectionDriver(options: Options, host: Host): ConnectionDriver {
  const { lateMs } = options
  const clock = monotonic(options.clock)
  let state: State = START
  let socket: Socket | undefined
  let timer: { at: number; cancel(): void } | undefined
  const waiting: Event[] = []
  let stepping = false

  /** Events that effects bring about wait until the step that is being taken is done. */
  function dispatch(event: Event): void {
    waiting.push(event)
    if (stepping) return
    stepping = true
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) take(next)
    } finally {
      stepping = false
    }
  }

  function take(event: Event): void {
    const before = state
    const env = { now: clock.now(), random: options.random(), cursor: host.cursor(), lateMs }
    const next = step(before, event, env)
    state = next.state
    for (const effect of next.effects) perform(effect)
    schedule()
    if (before.kind === 'live' && (state.kind !== 'live' || state.socket !== before.socket)) {
      host.lost(event.kind === 'closed' ? event.code : undefined)
    }
    if (state !== before) host.changed(before, state)
  }

  function perform({ kind, socket: number }: Effect): void {
    switch (kind) {
      case 'connect':
        return open(number)
      case 'join':
        return transmit(host.joinFrame())
      case 'rename':
        return transmit(host.renameFrame())
      case 'ping':
        return put('ping')
      case 'drop':
        return drop()
      case 'diagnose':
        return diagnose(number)
      default:
        return kind satisfies never
    }
  }

  function open(number: number): void {
    const close = (code: number): void => dispatch({ kind: 'closed', socket: number, code })
    try {
      socket = options.connect({
        open: () => dispatch({ kind: 'opened', socket: number }),
        message: (text) => hear(number, text),
        close,
      })
    } catch {
      close(1006)
    }
  }

  function hear(number: number, text: string): void {
    dispatch({ kind: 'heard', socket: number })
    const pong = PONG.exec(text)
    if (pong !== null) return dispatch({ kind: 'pong', socket: number, seq: Number(pong[1]) })
    for (const frame of parseServerFrames(text)) {
      if (number !== state.socket) return
      const isFirst = frame.event === 'joined' || frame.event === 'error'
      if (state.kind === 'live' ? frame.event !== 'joined' : state.kind === 'resuming' && isFirst) {
        host.receive(frame)
      }
    }
  }

  function diagnose(number: number): void {
    options.diagnose().then(
      (problem) => dispatch({ kind: 'diagnosed', socket: number, ...(problem ? { problem } : {}) }),
      () => {},
    )
  }

  function drop(): void {
    const dropped = socket
    socket = undefined
    dropped?.close()
  }

  function transmit(frame: ClientFrame): void {
    put(JSON.stringify(frame))
  }

  function put(text: string): void {
    try {
      socket?.send(text)
    } catch {
      // A socket that takes nothing more tells so itself, by its close.
    }
  }

  function schedule(): void {
    const at = deadline(state)
    if (timer?.at === at) return
    timer?.cancel()
    timer = undefined
    if (at === undefined) return
    const cancel = clock.after(Math.max(0, at - clock.now()), () => {
      timer = undefined
      dispatch({ kind: 'tick' })
    })
    timer = { at, cancel }
  }

  return {
    get state() {
      return state
    },
    send(frame) {
      if (state.kind === 'live') transmit(frame)
    },
    tell(event) {
      const { socket } = state
      switch (event.kind) {
        case 'gap':
        case 'unanswered':
        case 'joined':
        case 'pong':
        case 'error':
          return dispatch({ ...event, socket })
        case 'online':
        case 'offline':
        case 'shown':
        case 'rename':
        case 'close':
          return dispatch(event)
        default:
          return event satisfies never
      }
    },
  }
}

/** A clock that is set back must not put off what is due. */
function monotonic(clock: Clock): Clock {
  let newest = Number.NEGATIVE_INFINITY
  let ahead = 0
  return {
    now() {
      const now = clock.now()
      if (now + ahead < newest) ahead = newest - now
      newest = now + ahead
      return newest
    },
    after: (ms, run) => clock.after(ms, run),
  }
}
