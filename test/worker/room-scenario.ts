import type { OutboxFrame } from '../../client/session/index.ts'
import { endObject, freshRoom, newCookie, type ObjectEnd, RawClient, request } from './raw-client.ts'
import { type ClientView, RecordedConnection, type TypedChange } from './recorded-connection.ts'

const MAX_TRIES = 5

export type ScenarioStep =
  | { kind: 'type'; tab: number; what: TypedContent }
  /** The client closes its socket, or silently abandons it. It waits for no frames in flight. */
  | { kind: 'drop'; tab: number; silently: boolean }
  /** A new socket, even if the old one is open. It resumes or joins afresh, and sends all unanswered changes. */
  | { kind: 'join'; tab: number; afresh: boolean }
  /** Sends all unanswered changes of a person again, and one answered change. */
  | { kind: 'again'; tab: number; pick: number }
  | { kind: 'evict'; waits: boolean }
  /** Frames in flight arrive. */
  | { kind: 'breathe' }

export type TypedContent =
  | { kind: 'say'; text: string }
  | { kind: 'reply' | 'edit'; pick: number; text: string }
  | { kind: 'delete'; pick: number }
  | { kind: 'react'; pick: number; emoji: string; on: boolean }
  | { kind: 'topic'; text: string }

/** A person, and the outbox that their tabs share. */
export interface ScenarioPerson {
  readonly username: string
  readonly cookie: string
  readonly changes: Map<string, TypedChange>
}

export interface ScenarioTab {
  readonly person: ScenarioPerson
  /** Its sockets, the newest last. */
  readonly lines: RecordedConnection[]
  line: RecordedConnection | undefined
  known: ClientView | undefined
  /** Ids, in the order they were typed here. */
  readonly typed: string[]
}

/** Runs steps of three people in their own room. One of them has two tabs. */
export class RoomScenario {
  readonly tabs: ScenarioTab[]
  readonly persons: ScenarioPerson[]
  room = freshRoom()
  owner: ScenarioPerson | undefined
  evictions = 0
  readonly #end: ObjectEnd
  /** The running eviction: workerd allows one at a time. */
  #ending: Promise<void> | undefined

  constructor(end: ObjectEnd) {
    this.#end = end
    this.persons = ['Ann', 'Ben', 'Cleo'].map((username) => ({
      username,
      cookie: newCookie(),
      changes: new Map(),
    }))
    const [ann] = this.persons
    this.tabs = [...(ann ? [ann] : []), ...this.persons].map((person) => ({
      person,
      lines: [],
      line: undefined,
      known: undefined,
      typed: [],
    }))
  }

  /** The first person creates the room and owns it. */
  async makeOwned(): Promise<void> {
    this.owner = this.persons[0]
    const headers = { Cookie: this.owner?.cookie ?? '' }
    const answer = await request('/api/rooms', { method: 'POST', headers })
    this.room = (await answer.json<{ room: string }>()).room
  }

  async play(step: ScenarioStep): Promise<void> {
    if (step.kind === 'evict') return this.#evict(step.waits)
    if (step.kind === 'breathe') return this.waitAndRead()
    const tab = this.tabs[step.tab]
    if (tab === undefined) return
    switch (step.kind) {
      case 'type':
        return this.#type(tab, step.what)
      case 'drop':
        return this.#drop(tab, step.silently)
      case 'join':
        return this.join(tab, step.afresh)
      case 'again': {
        const answered = [...tab.person.changes.values()].filter((change) => !isOpen(change))
        const one = answered[step.pick % answered.length]
        this.resend(tab)
        if (one !== undefined) this.#send(tab, one)
        return
      }
      default:
        return step satisfies never
    }
  }

  /** Reads every socket, even abandoned ones, which may bring new frames. */
  read(): void {
    for (const tab of this.tabs) {
      for (const line of tab.lines) line.read()
      if (tab.line?.known) tab.known = tab.line.known
      if (tab.line?.raw.closed) tab.line = undefined
    }
  }

  async waitAndRead(): Promise<void> {
    await scheduler.wait(1)
    this.read()
  }

  /** Everyone reconnects, sends unanswered changes, and waits until no more frames come. */
  async finish(): Promise<void> {
    await this.#ending
    // The first request proves that all changes are answered, the second that everyone has received them.
    for (const tab of this.tabs) await this.#comeBack(tab)
    await Promise.all(this.tabs.map(({ line }) => line?.raw.rest()))
    this.read()
  }

  async #comeBack(tab: ScenarioTab): Promise<void> {
    for (let tries = 0; tab.line === undefined || (await this.#isCut(tab)); tries++) {
      if (tries === MAX_TRIES) throw new Error(`${tab.person.username} does not get back in`)
      await this.join(tab, false)
    }
  }

  /** A cut socket may not know it yet; any other socket answers. */
  async #isCut(tab: ScenarioTab): Promise<boolean> {
    const { line } = tab
    this.resend(tab)
    await line?.raw.rest().catch((error) => {
      if (!line.raw.closed) throw error
    })
    return line?.raw.closed !== undefined
  }

  async join(tab: ScenarioTab, afresh: boolean): Promise<void> {
    const { username, cookie, changes } = tab.person
    this.#drop(tab, true)
    const deletions = this.#deletions()
    const raw = await RawClient.open(this.room, cookie).catch(() => undefined)
    this.read()
    if (raw === undefined) return
    const resumes = afresh ? undefined : tab.known
    const line = new RecordedConnection(raw, changes, { resumes, deletions })
    tab.lines.push(line)
    tab.line = line
    const where = resumes ? { after: resumes.seq, epoch: resumes.epoch } : {}
    raw.send('userJoin', { username, room: this.room, ...where })
    this.resend(tab)
  }

  /** Sends all unanswered changes in the order typed, even those sent before. */
  resend(tab: ScenarioTab): void {
    this.read()
    for (const change of tab.person.changes.values()) if (isOpen(change)) this.#send(tab, change)
  }

  #deletions(): number[] {
    const changes = this.persons.flatMap(({ changes }) => [...changes.values()])
    return changes.flatMap(({ frame, ack }) => (frame.event === 'deleteChat' && ack ? [ack.seq] : []))
  }

  #send({ line }: ScenarioTab, { frame }: TypedChange): void {
    if (line && !line.raw.closed) line.raw.send(frame.event, frame.data)
  }

  #drop(tab: ScenarioTab, silently: boolean): void {
    this.read()
    if (!silently) tab.line?.close()
    tab.line = undefined
  }

  #type(tab: ScenarioTab, what: TypedContent): void {
    this.read()
    const frame = this.#frame(tab, what)
    if (frame === undefined) return
    const { id = '' } = frame.data
    const change = { id, frame }
    tab.person.changes.set(id, change)
    tab.typed.push(id)
    this.#send(tab, change)
  }

  #frame(tab: ScenarioTab, what: TypedContent): OutboxFrame | undefined {
    const { known, person } = tab
    const at = known ? { since: known.seq, epoch: known.epoch } : {}
    // Ids are unique for each person only: others use the same.
    const number = person.changes.size + 1
    const change = { room: this.room, id: `c${number}`, ...at }
    // A mark that identifies the text wherever it appears.
    const text = (rest: string) => `«${person.username} ${number}»${rest}`
    if (what.kind === 'say') return { event: 'updateChat', data: { ...change, body: text(what.text) } }
    if (what.kind === 'topic')
      return { event: 'setTopic', data: { ...change, topic: text(what.text).trim() } }
    const ref = target(tab, what)
    if (ref === undefined) return undefined
    switch (what.kind) {
      case 'reply':
        return { event: 'updateChat', data: { ...change, body: text(what.text), replyTo: ref } }
      case 'edit':
        return { event: 'editChat', data: { ...change, ref, body: text(what.text) } }
      case 'delete':
        return { event: 'deleteChat', data: { ...change, ref } }
      case 'react':
        return { event: 'react', data: { ...change, ref, emoji: what.emoji, on: what.on } }
      default:
        return what satisfies never
    }
  }

  async #evict(waits: boolean): Promise<void> {
    this.#ending ??= endObject(this.room, this.#end)
      .then(
        () => {
          this.evictions += 1
        },
        // It was not running.
        () => {},
      )
      .finally(() => {
        this.#ending = undefined
      })
    if (waits) await this.#ending
    this.read()
  }
}

/** Picks a message. For edits and deletions mostly an own one, since others are refused. */
function target(
  { known, line }: ScenarioTab,
  { kind, pick }: Extract<TypedContent, { pick: number }>,
): number | undefined {
  const all = known?.messages ?? []
  const own = all.filter(({ by, deleted }) => by === line?.joined?.by && !deleted)
  const some = (kind === 'edit' || kind === 'delete') && pick % 4 > 0 ? own : all
  return some[pick % some.length]?.seq
}

function isOpen({ ack, refused }: TypedChange): boolean {
  return ack === undefined && refused === undefined
}
