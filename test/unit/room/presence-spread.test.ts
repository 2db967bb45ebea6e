import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SqlStore } from '../../../src/platform/sql/sql-store.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { RoomCore } from '../../../src/room/core.ts'
import { type Connection, newConnection } from '../../../src/room/state/connection.ts'
import type { TurnOutcome } from '../../../src/room/state/state.ts'
import { NodeSql } from '../../../tools/node-sql.ts'

// Every turn finds dead sockets.
Object.assign(LIMITS, { staleLookMs: 0 })

const ROOM = 'kitchen'
const ALIKE_WITHIN_MS = 2_000
const PEOPLE = ['ann', 'ben', 'cleo', 'dan'] as const

type Happening =
  | { kind: 'join' | 'watch' | 'close' | 'vanish' | 'rename'; who: (typeof PEOPLE)[number] }
  | { kind: 'sleep' }
  | { kind: 'wait'; ms: number }

const who = fc.constantFrom(...PEOPLE)
const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('join', 'join', 'close', 'watch', 'vanish', 'rename'),
      who,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.oneof(fc.nat(300), fc.nat(8_000)) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'sleep' as const }) },
)

/** A room with a clock, and the roster that each tab last received. */
class Company {
  #now = 1_000_000
  #names = 0
  readonly #store = new SqlStore(new NodeSql(), ROOM)
  #core = this.#wake()
  /** When the set of present people last changed, or will change when a grace period ends. */
  #changedAt = this.#now
  #truth = ''
  readonly #dead = new Set<Connection>()
  readonly #told = new Map<Connection, string>()

  play(happening: Happening): void {
    switch (happening.kind) {
      case 'join':
      case 'watch': {
        const { who } = happening
        const connection = newConnection({ session: `s-${who}`, by: who, origin: 'http://hallway.test' })
        this.#core.open(connection)
        const data = { username: `${who} ${this.#names}`, room: ROOM, watch: happening.kind === 'watch' }
        const frame = JSON.stringify({ event: 'userJoin', data })
        this.#hear(this.#core.receive([{ from: connection, frame }], this.#now))
        break
      }
      case 'close': {
        const tab = this.#tabOf(happening.who)
        if (tab) this.#hear(this.#core.closed(tab, this.#now))
        break
      }
      case 'vanish': {
        const tab = this.#tabOf(happening.who)
        if (tab) this.#dead.add(tab)
        this.#hear(this.#core.wake(this.#now))
        break
      }
      case 'rename': {
        this.#names += 1
        const tab = this.#tabOf(happening.who)
        const data = { username: `${happening.who} ${this.#names}`, room: ROOM }
        const frame = JSON.stringify({ event: 'userRename', data })
        if (tab) this.#hear(this.#core.receive([{ from: tab, frame }], this.#now))
        break
      }
      case 'sleep':
        // Waking a room takes a turn.
        this.#core = this.#wake(this.#core.connections)
        this.#hear(this.#core.wake(this.#now))
        break
      case 'wait':
        this.wait(happening.ms)
        break
      default:
        happening satisfies never
    }
  }

  wait(ms: number): void {
    const end = this.#now + ms
    for (let due = this.#core.nextDue(); due !== undefined && due <= end; due = this.#core.nextDue()) {
      this.#pass(Math.max(due, this.#now))
      this.#hear(this.#core.wake(this.#now))
    }
    this.#pass(end)
  }

  /** All tabs that receive rosters have the same one, unless it has just changed. */
  #pass(to: number): void {
    if (to - this.#changedAt >= ALIKE_WITHIN_MS) {
      for (const tab of this.#core.connections) {
        if (!tab.watch) expect(this.#told.get(tab), `${tab.username} at ${to}`).toBe(this.#truth)
      }
    }
    this.#now = to
  }

  #hear({ deliveries }: TurnOutcome): void {
    for (const { to, frames } of deliveries) {
      for (const frame of frames) {
        for (const { event, data } of [JSON.parse(frame)].flat()) {
          if (event === 'activeUsers') this.#told.set(to, data.toSorted().join())
        }
      }
    }
    this.#look()
  }

  /** The people with open tabs, and those within their grace period. */
  #look(): void {
    const names = new Map(
      [...this.#core.connections].filter(({ watch }) => !watch).map((tab) => [tab.by, tab.username]),
    )
    const truth = [...names.values()].toSorted().join()
    if (truth === this.#truth) return
    const hasLeft = truth.split(',').length < this.#truth.split(',').length || truth === ''
    this.#truth = truth
    this.#changedAt = Math.max(this.#changedAt, this.#now + (hasLeft ? LIMITS.leaveGraceMs : 0))
  }

  #tabOf(by: string): Connection | undefined {
    return [...this.#core.connections].find((tab) => tab.by === by && !tab.watch)
  }

  #wake(connections: Iterable<Connection> = []): RoomCore {
    let ids = 0
    const newId = () => `id-${this.#now}-${++ids}`
    const rate = { burst: 1_000_000, perSecond: 1_000_000 }
    const signsOfLife = (tab: Connection) =>
      this.#dead.has(tab) ? { isOpen: false, heartbeat: undefined, frame: undefined } : undefined
    const options = { room: ROOM, store: this.#store, rate, newId, newRoomId: newId, signsOfLife }
    return new RoomCore(options, connections)
  }
}

it('[PS1] within two seconds everyone has the same roster through joins, leaves, dead sockets and sleeps', () => {
  fc.assert(
    fc.property(fc.array(anyHappening, { maxLength: 40, size: 'max' }), (happenings) => {
      const company = new Company()
      for (const happening of happenings) company.play(happening)
      company.wait(LIMITS.leaveGraceMs + ALIKE_WITHIN_MS)
      company.wait(ALIKE_WITHIN_MS)
    }),
    { numRuns: 500 },
  )
})
