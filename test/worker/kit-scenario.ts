import { abortAllDurableObjects, evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { Message } from '../../src/protocol/server-frames.ts'
import { checkConverged, checkLog, checkNothingLost, checkOrder } from '../../tools/delivery/invariants.ts'
import { asTyped, readAll } from './check-scenario.ts'
import { freshRoom, newCookie } from './raw-client.ts'
import type { End } from './room-scenario.ts'
import { Diary, Tab } from './session-tab.ts'

const AT_LAST_MS = 30_000

export type Mishap =
  | { kind: 'say' | 'topic'; tab: number }
  | { kind: 'edit' | 'delete' | 'react'; tab: number; pick: number }
  | { kind: 'cut' | 'reload' | 'offline'; tab: number }
  | { kind: 'deafen'; tab: number; direction: 'up' | 'down' }
  | { kind: 'evict'; end: End }
  | { kind: 'wait'; ms: number }

/** Ann with two tabs and Ben with one, in a room whose object does not last. */
export class Company {
  readonly room = freshRoom()
  readonly tabs: readonly Tab[]
  evictions = 0
  #evicted: Promise<void> = Promise.resolve()

  constructor() {
    const ann = { room: this.room, username: 'Ann', cookie: newCookie(), outbox: new Diary() }
    const ben = { room: this.room, username: 'Ben', cookie: newCookie(), outbox: new Diary() }
    this.tabs = [new Tab('ann', ann), new Tab('anne', ann), new Tab('ben', ben)]
  }

  async meet(mishap: Mishap): Promise<void> {
    if (mishap.kind === 'wait') await scheduler.wait(mishap.ms)
    else if (mishap.kind === 'evict') this.#evict(mishap.end)
    else befall(this.tabs[mishap.tab], mishap)
    for (const { session } of this.tabs) {
      const keys = session.view.timeline.map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
    }
  }

  /** One after the other: workerd takes no second eviction of an object before the first is over. */
  #evict(end: End): void {
    const evicted = this.#evicted.then(async () => {
      try {
        await endOf(this.room, end)
        this.evictions += 1
      } catch (fault) {
        if (!/not currently running/.test(String(fault))) throw fault
      }
    })
    // A fault is told when all have come back.
    evicted.catch(() => {})
    this.#evicted = evicted
  }

  /** Everyone looks at it again: soon everyone has everything. */
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

  /** All that was typed is in the log once and in order, but for changes of what was deleted; all show that log. */
  async judge(): Promise<void> {
    const told = await readAll(this.room, this.tabs[0]?.session.view.self?.epoch ?? '')
    const log = asTyped(told.entries, (by, id) =>
      this.tabs.find((tab) => byOf(tab) === by)?.who.outbox.typed.find((entry) => entry.id === id),
    )
    const deleted = new Set(log.flatMap(({ event, data }) => (event === 'deleteChat' ? [data.ref] : [])))
    checkLog(log)
    for (const tab of this.tabs) {
      const typed = tab.typed.map(({ id, frame }) => ({ by: byOf(tab), id, frame }))
      checkNothingLost(log, typed, ({ id }) => {
        const frame = typed.find((one) => one.id === id)?.frame
        return frame !== undefined && 'ref' in frame.data && deleted.has(frame.data.ref)
      })
      checkOrder(
        log,
        byOf(tab),
        typed.map(({ id }) => id),
      )
      await eventually(() => {
        checkConverged(log, shown(tab), tab.who.username)
        expect(shown(tab)).toHaveLength(log.filter(({ event }) => event === 'updateChat').length)
      })
    }
  }

  leave(): void {
    for (const { session } of this.tabs) session.close()
  }
}

function endOf(room: string, end: End): Promise<void> {
  if (end === 'abort') return abortAllDurableObjects()
  return evictDurableObject(env.ROOMS.getByName(room), { webSockets: end })
}

function befall(tab: Tab | undefined, mishap: Exclude<Mishap, { kind: 'wait' | 'evict' }>): void {
  if (tab === undefined) return
  const { session } = tab
  switch (mishap.kind) {
    case 'say':
      void session.send(`hello ${tab.typed.length}`)
      return
    case 'topic':
      void session.setTopic(`news ${tab.typed.length}`)
      return
    case 'edit':
    case 'delete':
    case 'react':
      return change(tab, mishap)
    case 'cut':
      return tab.cut()
    case 'reload':
      return tab.reload()
    case 'offline':
      session.setOnline(false)
      return session.setOnline(true)
    case 'deafen':
      return tab.deafen(mishap.direction)
    default:
      return mishap satisfies never
  }
}

function change({ session, typed }: Tab, { kind, pick }: Extract<Mishap, { pick: number }>): void {
  const all = session.view.timeline.flatMap((item) => (item.kind === 'message' ? [item] : []))
  const some = kind === 'react' ? all : all.filter(({ mine, message }) => mine && !message.deleted)
  const ref = some[pick % some.length]?.message.seq
  if (ref === undefined) return
  if (kind === 'edit') void session.edit(ref, `hello again ${typed.length}`)
  else if (kind === 'delete') void session.remove(ref)
  else void session.react(ref, '👍', pick % 3 > 0)
}

function byOf({ session }: Tab): string {
  return session.view.self?.by ?? ''
}

function shown({ session }: Tab): Message[] {
  return session.view.timeline.map((item) => {
    if (item.kind !== 'message') throw new Error(`kept: ${JSON.stringify(item)} is still shown`)
    return item.message
  })
}

/** Waits until it holds; what does not hold in the end is thrown. */
async function eventually(check: () => void | Promise<void>): Promise<void> {
  for (const end = Date.now() + AT_LAST_MS; ; await scheduler.wait(5)) {
    try {
      return await check()
    } catch (fault) {
      if (Date.now() > end) throw fault
    }
  }
}
