import { expect } from 'vitest'
import type { Message } from '../../src/protocol/server-frames.ts'
import { checkConverged, checkLog, checkNothingLost, checkOrder } from '../../tools/delivery/invariants.ts'
import { RecordingOutbox } from '../../tools/recording-outbox.ts'
import { readAll, withTypedTexts } from './check-scenario.ts'
import { endObject, freshRoom, newCookie, type ObjectEnd } from './raw-client.ts'
import { SessionTab } from './session-tab.ts'

const SETTLE_TIMEOUT_MS = 30_000

export type Disruption =
  | { kind: 'say' | 'topic'; tab: number }
  | { kind: 'edit' | 'delete' | 'react'; tab: number; pick: number }
  | { kind: 'cut' | 'reload' | 'offline'; tab: number }
  | { kind: 'block'; tab: number; direction: 'up' | 'down' }
  | { kind: 'evict'; end: ObjectEnd }
  | { kind: 'wait'; ms: number }

/** Ann with two tabs and Ben with one, in a room whose object keeps stopping. */
export class KitScenario {
  readonly room = freshRoom()
  readonly tabs: readonly SessionTab[]
  evictions = 0
  #evicted: Promise<void> = Promise.resolve()

  constructor() {
    const ann = { room: this.room, username: 'Ann', cookie: newCookie(), outbox: new RecordingOutbox() }
    const ben = { room: this.room, username: 'Ben', cookie: newCookie(), outbox: new RecordingOutbox() }
    this.tabs = [new SessionTab('ann', ann), new SessionTab('anne', ann), new SessionTab('ben', ben)]
  }

  async play(disruption: Disruption): Promise<void> {
    if (disruption.kind === 'wait') await scheduler.wait(disruption.ms)
    else if (disruption.kind === 'evict') this.#evict(disruption.end)
    else disrupt(this.tabs[disruption.tab], disruption)
    for (const { session } of this.tabs) {
      const keys = session.view.timeline.map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
    }
  }

  /** Evictions run one after another: workerd refuses a second one of an object before the first has ended. */
  #evict(end: ObjectEnd): void {
    const evicted = this.#evicted.then(async () => {
      try {
        await endObject(this.room, end)
        this.evictions += 1
      } catch (fault) {
        if (!/not currently running/.test(String(fault))) throw fault
      }
    })
    // `settle` reports the error.
    evicted.catch(() => {})
    this.#evicted = evicted
  }

  /** Makes all tabs visible, and waits until all are live with an empty outbox. */
  async settle(): Promise<void> {
    await this.#evicted
    for (const { session } of this.tabs) session.setVisible(true)
    await eventually(async () => {
      for (const { session, who } of this.tabs) {
        const left = await who.outbox.list(this.room)
        expect(left.filter(({ failed }) => failed === undefined)).toEqual([])
        expect(session.view.status).toEqual({ kind: 'live' })
        for (const { id } of left) await session.discard(id)
      }
    })
  }

  /** The log holds everything typed, once and in order, except changes to deleted messages. All tabs show that log. */
  async check(): Promise<void> {
    const reader = await readAll(this.room, this.tabs[0]?.session.view.self?.epoch ?? '')
    const log = withTypedTexts(reader.entries, (by, id) =>
      this.tabs.find((tab) => tabPersonId(tab) === by)?.who.outbox.typed.find((entry) => entry.id === id),
    )
    const deleted = new Set(log.flatMap(({ event, data }) => (event === 'deleteChat' ? [data.ref] : [])))
    checkLog(log)
    for (const tab of this.tabs) {
      const typed = tab.typed.map(({ id, frame }) => ({ by: tabPersonId(tab), id, frame }))
      checkNothingLost(log, typed, ({ id }) => {
        const frame = typed.find((one) => one.id === id)?.frame
        return frame !== undefined && 'ref' in frame.data && deleted.has(frame.data.ref)
      })
      checkOrder(
        log,
        tabPersonId(tab),
        typed.map(({ id }) => id),
      )
      await eventually(() => {
        checkConverged(log, shownMessages(tab), tab.who.username)
        expect(shownMessages(tab)).toHaveLength(log.filter(({ event }) => event === 'updateChat').length)
      })
    }
  }

  leave(): void {
    for (const { session } of this.tabs) session.close()
  }
}

function disrupt(
  tab: SessionTab | undefined,
  disruption: Exclude<Disruption, { kind: 'wait' | 'evict' }>,
): void {
  if (tab === undefined) return
  const { session } = tab
  switch (disruption.kind) {
    case 'say':
      void session.send(`hello ${tab.typed.length}`)
      return
    case 'topic':
      void session.setTopic(`news ${tab.typed.length}`)
      return
    case 'edit':
    case 'delete':
    case 'react':
      return change(tab, disruption)
    case 'cut':
      return tab.cut()
    case 'reload':
      return tab.reload()
    case 'offline':
      session.setOnline(false)
      return session.setOnline(true)
    case 'block':
      return tab.block(disruption.direction)
    default:
      return disruption satisfies never
  }
}

function change({ session, typed }: SessionTab, { kind, pick }: Extract<Disruption, { pick: number }>): void {
  const all = session.view.timeline.flatMap((item) => (item.kind === 'message' ? [item] : []))
  const some = kind === 'react' ? all : all.filter(({ mine, message }) => mine && !message.deleted)
  const ref = some[pick % some.length]?.message.seq
  if (ref === undefined) return
  if (kind === 'edit') void session.edit(ref, `hello again ${typed.length}`)
  else if (kind === 'delete') void session.remove(ref)
  else void session.react(ref, '👍', pick % 3 > 0)
}

function tabPersonId({ session }: SessionTab): string {
  return session.view.self?.by ?? ''
}

function shownMessages({ session }: SessionTab): Message[] {
  return session.view.timeline.map((item) => {
    if (item.kind !== 'message') throw new Error(`kept: ${JSON.stringify(item)} is still shown`)
    return item.message
  })
}

/** Repeats a check until it holds. Throws its last error on timeout. */
async function eventually(check: () => void | Promise<void>): Promise<void> {
  for (const end = Date.now() + SETTLE_TIMEOUT_MS; ; await scheduler.wait(5)) {
    try {
      return await check()
    } catch (fault) {
      if (Date.now() > end) throw fault
    }
  }
}
