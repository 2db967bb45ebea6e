import { randomUUID } from 'node:crypto'
import type { ClientFrame } from '../../src/protocol/client-frames.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import {
  isLogEntry,
  type LogEntry,
  type Message,
  type ReceivedFrame,
} from '../../src/protocol/server-frames.ts'
import { newCookie } from '../cookie.ts'
import { nodeSocket } from '../node-session.ts'

const PATIENCE_MS = 20_000

/** Everything a room holds, as read in each possible way. */
export interface RoomContents {
  /** By a resume from the beginning. */
  log: LogEntry[]
  /** By paging from the oldest to the newest. */
  messages: Message[]
  /** The first page that a newcomer receives. */
  newest: Message[]
  topic: string
}

/** Reads a whole room as a newcomer. */
export async function readBack(url: string, room: string): Promise<RoomContents> {
  const who = { room, cookie: newCookie(), username: `Reader ${randomUUID().slice(0, 8)}` }
  const newcomer = new Reader(url, who)
  try {
    const { epoch, seq, topic = '' } = await newcomer.join({})
    const newest = (await newcomer.next('msgHistory')).data
    const messages = await newcomer.page()
    const again = new Reader(url, who)
    try {
      const { resumed } = await again.join({ after: 0, epoch })
      if (!resumed) throw new Error(`resume: ${room} does not send its ${seq} changes`)
      const log: LogEntry[] = []
      while ((log.at(-1)?.data.seq ?? 0) < seq) log.push(await again.entry())
      return { log, messages, newest, topic }
    } finally {
      again.close()
    }
  } finally {
    newcomer.close()
  }
}

type Of<E extends ReceivedFrame['event']> = Extract<ReceivedFrame, { event: E }>

/** One socket, whose frames can be waited for. */
class Reader {
  readonly #room: string
  readonly #username: string
  readonly #socket: ReturnType<typeof nodeSocket>
  readonly #opened: Promise<void>
  readonly #frames: ReceivedFrame[] = []
  #changed = () => {}
  #isClosed = false

  constructor(url: string, { username, ...who }: { room: string; cookie: string; username: string }) {
    this.#room = who.room
    this.#username = username
    let opened = () => {}
    this.#opened = new Promise((resolve) => {
      opened = resolve
    })
    this.#socket = nodeSocket(url, who, {
      open: opened,
      message: (text) => {
        this.#frames.push(...parseServerFrames(text))
        this.#changed()
      },
      close: () => {
        this.#isClosed = true
        this.#changed()
      },
    })
  }

  async join(from: { after?: number; epoch?: string }): Promise<Of<'joined'>['data']> {
    await this.#opened
    this.#send({ event: 'userJoin', data: { username: this.#username, room: this.#room, ...from } })
    return (await this.next('joined')).data
  }

  async page(): Promise<Message[]> {
    const messages: Message[] = []
    for (;;) {
      const after = messages.at(-1)?.seq ?? 0
      this.#send({ event: 'msgHistory', data: { after, limit: LIMITS.historyPageMax } })
      const { data } = await this.next('msgHistory')
      messages.push(...data)
      if (data.length < LIMITS.historyPageMax) return messages
    }
  }

  async next<E extends ReceivedFrame['event']>(event: E): Promise<Of<E>> {
    return this.#first((frame): frame is Of<E> => frame.event === event, event)
  }

  entry(): Promise<LogEntry> {
    return this.#first(isLogEntry, 'a change')
  }

  close(): void {
    this.#socket.close()
  }

  #send(frame: ClientFrame): void {
    this.#socket.send(JSON.stringify(frame))
  }

  /** The first such frame. Frames before it are dropped. */
  async #first<F extends ReceivedFrame>(is: (frame: ReceivedFrame) => frame is F, what: string): Promise<F> {
    const until = Date.now() + PATIENCE_MS
    for (;;) {
      for (let frame = this.#frames.shift(); frame !== undefined; frame = this.#frames.shift()) {
        if (frame.event === 'sync') this.#send(frame)
        if (is(frame)) return frame
      }
      if (this.#isClosed || Date.now() > until) throw new Error(`read: ${this.#room} did not send ${what}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PATIENCE_MS)
        this.#changed = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}
