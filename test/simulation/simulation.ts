import type { LogEntry } from '../../src/protocol/server-frames.ts'
import { NodeSql } from '../../tools/node-sql.ts'
import { Random } from '../../tools/random.ts'
import { VirtualClock } from './clock.ts'
import type { History } from './draw-history.ts'
import { FaultySql } from './faulty-sql.ts'
import { FrameChecks } from './frame-checks.ts'
import { Platform } from './platform.ts'
import { ReferenceLog } from './reference-log.ts'
import { SendRecord } from './send-record.ts'
import { type BrowserStorage, newPerson, type SimulatedPerson } from './simulated-person.ts'
import { SimulatedTab } from './simulated-tab.ts'
import { type Counts, noCounts, type World } from './world.ts'

const ROOM = 'kitchen'

/** The room, the people, the network and the checks of one history. */
export class Simulation {
  readonly world: World
  readonly counts: Counts = noCounts()
  readonly reference = new ReferenceLog()
  readonly frameChecks: FrameChecks
  readonly storage: FaultySql
  readonly platform: Platform
  readonly persons: SimulatedPerson[]
  readonly tabs: SimulatedTab[]
  /** Joins only after the history, to make the room send its roster. */
  readonly guest: SimulatedTab
  #texts = 0

  constructor({ seed, setup }: History, sql = new NodeSql(), trace?: (line: string) => void) {
    const clock = new VirtualClock()
    // Separate from the seed of the actions: a history without one of its actions is otherwise the same.
    const random = new Random(~seed)
    const began = clock.now
    this.world = {
      clock,
      random,
      counts: this.counts,
      latency: setup.latency,
      keptRows: setup.keptRows === undefined ? {} : { keptRows: setup.keptRows },
      loss: setup.loss,
      fault: undefined,
      trace: trace && ((line) => trace(`${((clock.now - began) / 1_000).toFixed(3)} ${line}`)),
    }
    this.frameChecks = new FrameChecks(this.world, this.reference)
    this.storage = new FaultySql(sql, ROOM)
    const { world, storage, reference, frameChecks } = this
    const { rate, sleepy } = setup
    this.platform = new Platform({ world, storage, reference, frameChecks, room: ROOM, rate, sleepy })
    const personOf = (by: string, storage: BrowserStorage, skew: number): SimulatedPerson =>
      newPerson({
        by,
        username: `Person ${by}`,
        storage,
        skew,
        sendRecord: new SendRecord(by, reference, frameChecks),
      })
    this.persons = setup.persons.map(({ storage, skew }, index) => personOf(`p${index + 1}`, storage, skew))
    this.guest = new SimulatedTab(
      world,
      this.platform,
      personOf('guest', { latency: 0, locks: true }, 0),
      1,
      false,
    )
    if (setup.isOwned || setup.past > 0) this.#makeRoom(setup)
    this.tabs = this.persons.flatMap((person, index) =>
      (setup.persons[index]?.tabs ?? []).map(
        ({ watch }, number) => new SimulatedTab(world, this.platform, person, number + 1, watch),
      ),
    )
  }

  /** A text that occurs only once. */
  newText(): string {
    this.#texts += 1
    const token = `<${this.#texts}>`
    const { random } = this.world
    if (random.chance(0.05)) return token + '🫖é"\\\n'.repeat(random.between(1, 500))
    return `${token} says something`
  }

  #makeRoom({ isOwned, past }: History['setup']): void {
    this.platform.make({ kind: 'open', ...(isOwned ? { owner: 'session-p1' } : {}) })
    this.append(past)
  }

  /** Adds changes to the database while the room sleeps, so that no tab receives them. */
  append(changes: number, newBody = (): string => this.newText()): void {
    const { reference, storage, platform, frameChecks } = this
    platform.evict()
    for (const { line } of platform.present) frameChecks.mayMiss(line)
    const { seq, log } = reference
    const time = Math.max(log.at(-1)?.data.time ?? 0, platform.now())
    const messages = log.flatMap(({ event, data }) => (event === 'updateChat' ? [data.seq] : []))
    const store = storage.open()
    store.transaction(() => {
      for (let next = seq + 1; next <= seq + changes; next++) {
        const base = { seq: next, id: `past-${next}`, by: 'past', username: 'Past', time, room: ROOM }
        store.append(this.#pastEntry(base, messages, newBody))
      }
    })
    reference.commit(storage.takeCommitted())
    const record = store.record()
    if (record) store.saveRecord({ ...record, topic: reference.topic })
    reference.commit([])
  }

  #pastEntry(
    base: { seq: number; id: string; by: string; username: string; time: number; room: string },
    messages: number[],
    newBody: () => string,
  ): LogEntry {
    if (messages.length > 0 && this.world.random.chance(0.2)) {
      return { event: 'setTopic', data: { ...base, topic: `<${base.seq}>` } }
    }
    messages.push(base.seq)
    return { event: 'updateChat', data: { ...base, body: newBody() } }
  }
}
