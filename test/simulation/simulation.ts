import type { LogEntry } from '../../src/protocol/server-frames.ts'
import { NodeSql } from '../../tools/node-sql.ts'
import { Random } from '../../tools/random.ts'
import { VirtualClock } from './clock.ts'
import { Diary } from './send-record.ts'
import type { History } from './draw-history.ts'
import { FaultySql } from './faulty-sql.ts'
import { Ledger } from './reference-log.ts'
import { Platform } from './platform.ts'
import { type Keeping, newPerson, type SimulatedPerson } from './simulated-person.ts'
import { SimulatedTab } from './simulated-tab.ts'
import { Witness } from './frame-checks.ts'
import { type Counts, noCounts, type World } from './world.ts'

const ROOM = 'kitchen'

/** Everything that plays in one history, put in its place. */
export class Simulation {
  readonly world: World
  readonly counts: Counts = noCounts()
  readonly ledger = new Ledger()
  readonly witness: Witness
  readonly storage: FaultySql
  readonly platform: Platform
  readonly persons: SimulatedPerson[]
  readonly tabs: SimulatedTab[]
  /** Somebody who is not there until the end. */
  readonly guest: SimulatedTab
  #texts = 0

  constructor({ seed, cast }: History, sql = new NodeSql(), tell?: (line: string) => void) {
    const clock = new VirtualClock()
    // Not the chance that drew the deeds: without one of its deeds, a history is otherwise the same.
    const random = new Random(~seed)
    const began = clock.now
    this.world = {
      clock,
      random,
      counts: this.counts,
      latency: cast.latency,
      loss: cast.loss,
      fault: undefined,
      tell: tell && ((line) => tell(`${((clock.now - began) / 1_000).toFixed(3)} ${line}`)),
    }
    this.witness = new Witness(this.world, this.ledger)
    this.storage = new FaultySql(sql, ROOM)
    const { world, storage, ledger, witness } = this
    const { rate, sleepy } = cast
    this.platform = new Platform({ world, storage, ledger, witness, room: ROOM, rate, sleepy })
    const personOf = (by: string, storage: Keeping, skew: number): SimulatedPerson =>
      newPerson({
        by,
        username: `Person ${by}`,
        storage,
        skew,
        diary: new Diary(by, ledger, witness),
      })
    this.persons = cast.persons.map(({ keeping, skew }, index) => personOf(`p${index + 1}`, keeping, skew))
    this.guest = new SimulatedTab(
      world,
      this.platform,
      personOf('guest', { latency: 0, locks: true }, 0),
      1,
      false,
    )
    if (cast.isOwned || cast.past > 0) this.#makeRoom(cast)
    this.tabs = this.persons.flatMap((person, index) =>
      (cast.persons[index]?.tabs ?? []).map(
        ({ watch }, number) => new SimulatedTab(world, this.platform, person, number + 1, watch),
      ),
    )
  }

  /** A text that nobody else ever writes. */
  newText(): string {
    this.#texts += 1
    const token = `<${this.#texts}>`
    const { random } = this.world
    if (random.chance(0.05)) return token + '🫖é"\\\n'.repeat(random.between(1, 500))
    return `${token} says something`
  }

  #makeRoom({ isOwned, past }: History['cast']): void {
    this.platform.make({ kind: 'open', ...(isOwned ? { owner: 'session-p1' } : {}) })
    this.append(past)
  }

  /** Changes that somebody made while none of those here was looking. The room sleeps meanwhile. */
  append(changes: number, newBody = (): string => this.newText()): void {
    const { ledger, storage, platform, witness } = this
    platform.evict()
    for (const { line } of platform.present) witness.mayMiss(line)
    const { seq, log } = ledger
    const time = Math.max(log.at(-1)?.data.time ?? 0, platform.now())
    const said = log.flatMap(({ event, data }) => (event === 'updateChat' ? [data.seq] : []))
    const store = storage.open()
    store.transaction(() => {
      for (let next = seq + 1; next <= seq + changes; next++) {
        const base = { seq: next, id: `past-${next}`, by: 'past', username: 'Past', time, room: ROOM }
        store.append(this.#pastEntry(base, said, newBody))
      }
    })
    ledger.commit(storage.takeCommitted())
    const record = store.record()
    if (record) store.saveRecord({ ...record, topic: ledger.topic })
    ledger.commit([])
  }

  #pastEntry(
    base: { seq: number; id: string; by: string; username: string; time: number; room: string },
    said: number[],
    newBody: () => string,
  ): LogEntry {
    if (said.length > 0 && this.world.random.chance(0.2)) {
      return { event: 'setTopic', data: { ...base, topic: `<${base.seq}>` } }
    }
    said.push(base.seq)
    return { event: 'updateChat', data: { ...base, body: newBody() } }
  }
}
