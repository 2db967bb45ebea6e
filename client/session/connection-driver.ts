import type { ClientFrame } from '../../src/protocol/client-frames.ts'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import type { ReceivedFrame } from '../../src/protocol/server-frames.ts'
import {
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  deadline,
  START,
  step,
} from './machine.ts'
import type { Clock, SessionOptions, Socket } from './types.ts'

/** The session that a connection serves. */
export interface Host {
  /** The newest `seq` up to which no change is missing; -1 without a log. */
  cursor(): number
  joinFrame(): ClientFrame
  renameFrame(): ClientFrame
  /** Takes a frame of the newest socket, in order. Before it is live, only errors and `joined` come. */
  receive(frame: ReceivedFrame): void
  /** A live socket is gone. `code` if the other side or the network closed it. */
  disconnected(code: number | undefined): void
  stateChanged(state: ConnectionState): void
}

/** Drives the machine: performs its effects and turns what sockets and the clock do into events. */
export interface ConnectionDriver {
  readonly state: ConnectionState
  /** Sends a frame if live; drops it otherwise. */
  send(frame: ClientFrame): void
  /** Reports an event of the newest socket or of the device. */
  report(event: ConnectionReport): void
}
export type ConnectionReport =
  | ConnectionEvent<'online' | 'offline' | 'shown' | 'rename' | 'close'>
  | { kind: 'gap' | 'unanswered' }
  | { kind: 'joined' | 'pong'; seq: number }
  | Omit<ConnectionEvent<'error'>, 'socket'>

const PONG = /^pong (\d+)$/

type Options = Pick<SessionOptions, 'connect' | 'diagnose' | 'clock' | 'random'> & { lateMs: number }

export function createConnectionDriver(options: Options, host: Host): ConnectionDriver {
  const { lateMs } = options
  const clock = monotonic(options.clock)
  let state: ConnectionState = START
  let socket: Socket | undefined
  let timer: { at: number; cancel(): void } | undefined
  const queue: ConnectionEvent[] = []
  let isHandling = false

  /** Effects may cause events: these wait until the present one is handled. */
  function dispatch(event: ConnectionEvent): void {
    queue.push(event)
    if (isHandling) return
    isHandling = true
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) handle(next)
    } finally {
      isHandling = false
    }
  }

  function handle(event: ConnectionEvent): void {
    const before = state
    const env = { now: clock.now(), random: options.random(), cursor: host.cursor(), lateMs }
    const next = step(before, event, env)
    state = next.state
    for (const effect of next.effects) perform(effect)
    schedule()
    if (before.kind === 'live' && (state.kind !== 'live' || state.socket !== before.socket)) {
      host.disconnected(event.kind === 'closed' ? event.code : undefined)
    }
    if (state !== before) host.stateChanged(state)
  }

  function perform({ kind, socket: number }: ConnectionEffect): void {
    switch (kind) {
      case 'connect':
        return open(number)
      case 'join':
        return sendFrame(host.joinFrame())
      case 'rename':
        return sendFrame(host.renameFrame())
      case 'ping':
        return sendText('ping')
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
        message: (text) => receiveText(number, text),
        close,
      })
    } catch {
      close(1006)
    }
  }

  function receiveText(number: number, text: string): void {
    dispatch({ kind: 'received', socket: number })
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

  function sendFrame(frame: ClientFrame): void {
    sendText(JSON.stringify(frame))
  }

  function sendText(text: string): void {
    try {
      socket?.send(text)
    } catch {
      // A socket that can send no more reports its close.
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
      if (state.kind === 'live') sendFrame(frame)
    },
    report(event) {
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

/** Setting the device's clock back must not postpone deadlines. */
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
