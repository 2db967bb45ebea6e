import type { ChangeFrame, ClientFrame } from '../../../src/protocol/client-frames.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { parseClientFrame } from '../../../src/protocol/parse-client-frame.ts'
import type { LogEntry, Message, ServerData, ServerFrame } from '../../../src/protocol/server-frames.ts'
import { naive, replayed } from '../../../tools/delivery/model.ts'

/** One socket as the server sees it. The network may lose what `tell` sends. */
export interface Peer {
  by: string
  tell(text: string): void
  close(code: number): void
  joined?: boolean
  username?: string
  watch?: boolean
}

/**
 * The smallest room that keeps the protocol, independent of the real one: log, join, resume, retry by `since`, acks.
 * Its log has one entry for each (by, id).
 */
export class FakeServer {
  epoch = 'epoch-1'
  log: LogEntry[] = []
  topic = ''
  /** Refusals for the next frames, oldest first. */
  refusals: Omit<ServerData<'error'>, 'message'>[] = []
  readonly peers = new Set<Peer>()
  readonly received: ClientFrame[] = []
  page = LIMITS.historyPage
  /** A resume of more changes than this becomes a fresh start. */
  resumeAtMost = 10_000
  /** A `since` before this is `stale`. */
  floor = 0
  limits = {
    frameBytes: LIMITS.frameBytes,
    bodyLength: LIMITS.bodyLength,
    usernameLength: LIMITS.usernameLength,
    topicLength: LIMITS.topicLength,
    historyPageMax: LIMITS.historyPageMax,
    rateBurst: LIMITS.rateBurst,
    ratePerSecond: LIMITS.ratePerSecond,
  }
  #time = 0

  get seq(): number {
    return this.log.length
  }

  open(peer: Peer): void {
    this.peers.add(peer)
  }

  closed(peer: Peer): void {
    this.peers.delete(peer)
  }

  /** Erases the room: another epoch begins. */
  erase(): void {
    this.epoch = `${this.epoch}+`
    this.log = []
    this.floor = 0
    for (const peer of [...this.peers]) this.kick(peer, 1012)
  }

  kick(peer: Peer, code: number): void {
    this.peers.delete(peer)
    peer.close(code)
  }

  receive(peer: Peer, text: string): void {
    if (!this.peers.has(peer)) return
    if (text === 'ping') return peer.tell(`pong ${this.seq}`)
    const parsed = parseClientFrame(text)
    if (!parsed.ok) {
      return this.tell(peer, {
        event: 'error',
        data: { code: parsed.code, message: parsed.code, ...idOf(parsed.id) },
      })
    }
    const { frame } = parsed
    this.received.push(frame)
    if (frame.event === 'userJoin') return this.#join(peer, frame.data)
    if (frame.event === 'msgHistory') return this.#page(peer, frame.data)
    if (isChange(frame)) return this.#change(peer, frame)
  }

  tell(peer: Peer, ...frames: ServerFrame[]): void {
    peer.tell(JSON.stringify(frames.length === 1 ? frames[0] : frames))
  }

  /** Someone else sends a message. */
  say(body: string, by = 'someone', id = `their-${this.seq + 1}`): void {
    this.commit({ event: 'updateChat', data: { room: 'main', id, body } }, { by, username: by })
  }

  commit(frame: ChangeFrame, author: { by: string; username: string }, except?: Peer): LogEntry {
    this.#time += 1
    const { since: _, epoch: __, ...data } = frame.data
    const entry = {
      event: frame.event,
      data: { ...data, seq: this.seq + 1, time: this.#time, ...author },
    } as LogEntry
    this.log.push(entry)
    if (entry.event === 'setTopic') this.topic = entry.data.topic
    for (const peer of this.peers) if (peer.joined && peer !== except) this.tell(peer, entry)
    return entry
  }

  messages(): Message[] {
    return naive(this.log)
  }

  #join(
    peer: Peer,
    { username, after, epoch, last, watch }: Extract<ClientFrame, { event: 'userJoin' }>['data'],
  ): void {
    const refusal = this.refusals.shift()
    if (refusal) return this.tell(peer, { event: 'error', data: { message: refusal.code, ...refusal } })
    Object.assign(peer, { joined: true, username, watch })
    const resumed =
      after !== undefined &&
      epoch === this.epoch &&
      after <= this.seq &&
      (after === 0 || last === undefined || this.log[after - 1]?.data.id === last) &&
      this.seq - after <= this.resumeAtMost
    this.tell(
      peer,
      {
        event: 'joined',
        data: {
          username,
          by: peer.by,
          room: 'main',
          epoch: this.epoch,
          seq: this.seq,
          resumed,
          role: 'member',
          version: 1,
          limits: this.limits,
          topic: this.topic,
          ...lastOf(this.log),
        },
      },
      { event: 'activeUsers', data: [...new Set([...this.peers].flatMap((one) => one.username ?? []))] },
    )
    if (!resumed) return this.tell(peer, { event: 'msgHistory', data: this.messages().slice(-this.page) })
    const missed = replayed(this.log).slice(after)
    for (let at = 0; at < missed.length; at += 3) this.tell(peer, ...missed.slice(at, at + 3))
  }

  #page(
    peer: Peer,
    {
      before,
      after,
      around,
      limit = LIMITS.historyPage,
    }: Extract<ClientFrame, { event: 'msgHistory' }>['data'],
  ): void {
    const all = this.messages()
    const older = (than: number, most: number) => all.filter(({ seq }) => seq < than).slice(-most)
    const newer = (than: number, most: number) => all.filter(({ seq }) => seq > than).slice(0, most)
    const above = around === undefined ? [] : older(around + 1, Math.ceil(limit / 2))
    const data =
      around !== undefined
        ? [...above, ...newer(around, limit - above.length)]
        : after !== undefined
          ? newer(after, limit)
          : older(before ?? Infinity, limit)
    this.tell(peer, { event: 'msgHistory', data })
  }

  #change(peer: Peer, frame: ChangeFrame): void {
    const { id = '', since, epoch } = frame.data
    const refusal = peer.joined ? this.refusals.shift() : ({ code: 'not-joined' } as const)
    if (refusal) return this.tell(peer, { event: 'error', data: { message: refusal.code, id, ...refusal } })
    if (since !== undefined && (epoch !== this.epoch || since < this.floor || since > this.seq)) {
      return this.tell(peer, { event: 'error', data: { code: 'stale', message: 'stale', id } })
    }
    const known = this.log.slice(since ?? 0).find(({ data }) => data.by === peer.by && data.id === id)
    const { seq, time } = known
      ? known.data
      : this.commit(frame, { by: peer.by, username: peer.username ?? '' }, peer).data
    this.tell(peer, { event: 'ack', data: { id, seq, time } })
  }
}

function isChange(frame: ClientFrame): frame is ChangeFrame {
  return ['updateChat', 'editChat', 'deleteChat', 'react', 'setTopic'].includes(frame.event)
}

function idOf(id: string | undefined): { id?: string } {
  return id === undefined ? {} : { id }
}

function lastOf(log: readonly LogEntry[]): { last?: string } {
  const id = log.at(-1)?.data.id
  return id === undefined ? {} : { last: id }
}
