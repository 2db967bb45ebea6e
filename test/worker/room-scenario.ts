import { abortAllDurableObjects, evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { OutboxFrame } from '../../client/session/index.ts'
import { freshRoom, newCookie, Raw, request } from './raw-client.ts'
import { type Change, type Known, Line } from './recorded-connection.ts'

const MOST_TRIES = 5

/** How a room's object ends in between: its sockets sleep with it, or are cut; or all of it just stops. */
export type End = 'hibernate' | 'close' | 'abort'

export type Step =
  | { kind: 'type'; tab: number; what: What }
  /** The client closes its socket, or only forgets that it had one; it does not wait for what is under way. */
  | { kind: 'drop'; tab: number; silently: boolean }
  /** A new socket, whatever became of the old one: it resumes or joins afresh, and sends what had no answer. */
  | { kind: 'join'; tab: number; afresh: boolean }
  /** All of a person's changes that had no answer, and one that had, are sent once more. */
  | { kind: 'again'; tab: number; pick: number }
  | { kind: 'evict'; waits: boolean }
  /** What is under way arrives. */
  | { kind: 'breathe' }

export type What =
  | { kind: 'say'; text: string }
  | { kind: 'reply' | 'edit'; pick: number; text: string }
  | { kind: 'delete'; pick: number }
  | { kind: 'react'; pick: number; emoji: string; on: boolean }
  | { kind: 'topic'; text: string }

/** A person, and the outbox that their tabs share. */
export interface Person {
  readonly username: string
  readonly cookie: string
  readonly changes: Map<string, Change>
}

export interface Tab {
  readonly person: Person
  /** Its sockets, the newest last. */
  readonly lines: Line[]
  line: Line | undefined
  known: Known | undefined
  /** Ids, in the order they were typed here. */
  readonly typed: string[]
}

/** Plays what befalls three persons, one of whom has two tabs, in a room of their own. */
export class Story {
  readonly tabs: Tab[]
  readonly persons: Person[]
  room = freshRoom()
  owner: Person | undefined
  evictions = 0
  readonly #end: End
  /** The eviction under way: workerd takes one at a time. */
  #ending: Promise<void> | undefined

  constructor(end: End) {
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

  /** The first person makes the room, and may do more in it than the others. */
  async makeOwned(): Promise<void> {
    this.owner = this.persons[0]
    const headers = { Cookie: this.owner?.cookie ?? '' }
    const answer = await request('/api/rooms', { method: 'POST', headers })
    this.room = (await answer.json<{ room: string }>()).room
  }

  async play(step: Step): Promise<void> {
    if (step.kind === 'evict') return this.#evict(step.waits)
    if (step.kind === 'breathe') return this.breathe()
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

  /** Reads every socket, also those that were given up: what they bring may be news. */
  read(): void {
    for (const tab of this.tabs) {
      for (const line of tab.lines) line.read()
      if (tab.line?.known) tab.known = tab.line.known
      if (tab.line?.raw.closed) tab.line = undefined
    }
  }

  async breathe(): Promise<void> {
    await scheduler.wait(1)
    this.read()
  }

  /** Everyone comes back, sends what had no answer, and waits until there is no more to hear. */
  async finish(): Promise<void> {
    await this.#ending
    // After a first question all changes are answered, and after a second one they are told to everyone.
    for (const tab of this.tabs) await this.#comeBack(tab)
    await Promise.all(this.tabs.map(({ line }) => line?.raw.rest()))
    this.read()
  }

  async #comeBack(tab: Tab): Promise<void> {
    for (let tries = 0; tab.line === undefined || (await this.#isCut(tab)); tries++) {
      if (tries === MOST_TRIES) throw new Error(`${tab.person.username} does not get back in`)
      await this.join(tab, false)
    }
  }

  /** A socket that was cut may be the last to know; any other one answers. */
  async #isCut(tab: Tab): Promise<boolean> {
    const { line } = tab
    this.resend(tab)
    await line?.raw.rest().catch((error) => {
      if (!line.raw.closed) throw error
    })
    return line?.raw.closed !== undefined
  }

  async join(tab: Tab, afresh: boolean): Promise<void> {
    const { username, cookie, changes } = tab.person
    this.#drop(tab, true)
    const deletions = this.#deletions()
    const raw = await Raw.open(this.room, cookie).catch(() => undefined)
    this.read()
    if (raw === undefined) return
    const resumes = afresh ? undefined : tab.known
    const line = new Line(raw, changes, { resumes, deletions })
    tab.lines.push(line)
    tab.line = line
    const where = resumes ? { after: resumes.seq, epoch: resumes.epoch } : {}
    raw.send('userJoin', { username, room: this.room, ...where })
    this.resend(tab)
  }

  /** In the order typed, whatever of it is known to have gone out before. */
  resend(tab: Tab): void {
    this.read()
    for (const change of tab.person.changes.values()) if (isOpen(change)) this.#send(tab, change)
  }

  #deletions(): number[] {
    const changes = this.persons.flatMap(({ changes }) => [...changes.values()])
    return changes.flatMap(({ frame, ack }) => (frame.event === 'deleteChat' && ack ? [ack.seq] : []))
  }

  #send({ line }: Tab, { frame }: Change): void {
    if (line && !line.raw.closed) line.raw.send(frame.event, frame.data)
  }

  #drop(tab: Tab, silently: boolean): void {
    this.read()
    if (!silently) tab.line?.close()
    tab.line = undefined
  }

  #type(tab: Tab, what: What): void {
    this.read()
    const frame = this.#frame(tab, what)
    if (frame === undefined) return
    const { id = '' } = frame.data
    const change = { id, frame }
    tab.person.changes.set(id, change)
    tab.typed.push(id)
    this.#send(tab, change)
  }

  #frame(tab: Tab, what: What): OutboxFrame | undefined {
    const { known, person } = tab
    const at = known ? { since: known.seq, epoch: known.epoch } : {}
    // Ids are one person's own: others use the same.
    const number = person.changes.size + 1
    const change = { room: this.room, id: `c${number}`, ...at }
    // A mark by which a text is known wherever it comes up.
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
    this.#ending ??= this.#endObject()
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

  #endObject(): Promise<void> {
    if (this.#end === 'abort') return abortAllDurableObjects()
    return evictDurableObject(env.ROOMS.getByName(this.room), { webSockets: this.#end })
  }
}

/** Which message is meant: now and then any, and mostly one's own where no other may be changed. */
function target({ known, line }: Tab, { kind, pick }: Extract<What, { pick: number }>): number | undefined {
  const all = known?.messages ?? []
  const own = all.filter(({ by, deleted }) => by === line?.joined?.by && !deleted)
  const some = (kind === 'edit' || kind === 'delete') && pick % 4 > 0 ? own : all
  return some[pick % some.length]?.seq
}

function isOpen({ ack, refused }: Change): boolean {
  return ack === undefined && refused === undefined
}
