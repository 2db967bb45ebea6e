import { setTimeout as sleep } from 'node:timers/promises'
import { newCookie } from '../cookie.ts'
import { Random } from '../random.ts'
import { CrashRecord, type Typist } from './crash-record.ts'
import { type CrashVerdict, judgeRoom, type Shown, sum } from './crash-verdict.ts'
import { KitWriter } from './kit-writer.ts'
import { RawWriter } from './raw-writer.ts'
import type { Readings } from './reread-check.ts'

/** How many changes fill a room; then people use a new one. A resume from the beginning brings at most 10,000. */
const FULL = 7_000
const PATIENCE_MS = 30_000

interface Options {
  url: string
  rooms: readonly string[]
  random: Random
  /** Called at each first news of a change to its author. */
  acked(): void
}

/** People who type in several rooms, and what was told of it in each. */
export class Writers {
  readonly #rooms: Room[]

  constructor({ url, rooms, random, acked }: Options) {
    this.#rooms = rooms.map((room) => enter(url, new CrashRecord(room, acked), random))
  }

  get isFull(): boolean {
    return this.#rooms.some(({ record }) => record.newest > FULL)
  }

  /** Nobody types any more; waits until all that was typed has come through and everyone knows it. */
  async settle(): Promise<void> {
    for (const { writers } of this.#rooms) for (const writer of writers) writer.stop()
    const until = Date.now() + PATIENCE_MS
    for (const room of this.#rooms) {
      while (!(await isSettled(room))) {
        if (Date.now() > until)
          throw new Error(`settle: ${room.record.room} is not done after ${PATIENCE_MS} ms`)
        await sleep(20)
      }
    }
  }

  /** Holds what is there against what was told; the server has to be up and everything settled. */
  async judge(readings: Readings): Promise<CrashVerdict> {
    const verdicts: CrashVerdict[] = []
    for (const { record, kits } of this.#rooms) {
      const told = await readings.read(record.room)
      verdicts.push(await judgeRoom(record, told, kits.flatMap(shownTo)))
    }
    return sum(verdicts)
  }

  close(): void {
    for (const { writers } of this.#rooms) for (const writer of writers) writer.close()
  }
}

interface Room {
  record: CrashRecord
  writers: (KitWriter | RawWriter)[]
  kits: KitWriter[]
}

/** Three people enter: one with two tabs, one with one, and one without our client code. */
function enter(url: string, record: CrashRecord, random: Random): Room {
  const person = (username: string) => {
    const author: Typist = { cookie: newCookie(), username, by: '', typed: [] }
    record.authors.push(author)
    return { url, record, author, random: new Random(random.below(2 ** 32)) }
  }
  const kits = [new KitWriter({ ...person('Ann'), tabs: 2 }), new KitWriter({ ...person('Ben'), tabs: 1 })]
  return { record, kits, writers: [...kits, new RawWriter(person('Cleo'))] }
}

/** With nothing more on its way, those who know the log up to the same place know it all. */
async function isSettled({ writers }: Room): Promise<boolean> {
  const done = await Promise.all(writers.map((writer) => writer.isDone()))
  const [cursor, ...others] = writers.flatMap(({ cursors }) => cursors)
  return done.every((is) => is) && cursor !== undefined && others.every((other) => other === cursor)
}

function shownTo({ author, tabs }: KitWriter): Shown[] {
  return tabs.map(({ session: { view } }) => ({
    who: author.username,
    messages: view.timeline.flatMap((item) => (item.kind === 'message' ? [item.message] : [])),
    topic: view.topic,
  }))
}
