import { setTimeout as sleep } from 'node:timers/promises'
import { newCookie } from '../cookie.ts'
import { Random } from '../random.ts'
import { CrashRecord, type Typist } from './crash-record.ts'
import { type CrashVerdict, judgeRoom, type Shown, sum } from './crash-verdict.ts'
import { KitWriter } from './kit-writer.ts'
import { RawWriter } from './raw-writer.ts'
import type { RereadCheck } from './reread-check.ts'

/** After this many changes people move to a new room, because a resume from the beginning brings at most 10,000. */
const FULL = 7_000
const PATIENCE_MS = 30_000

interface Options {
  url: string
  rooms: readonly string[]
  random: Random
  /** Called when an author first learns that a change is stored. */
  acked(): void
}

/** People who type in several rooms, and the record of each room. */
export class Writers {
  readonly #rooms: Room[]

  constructor({ url, rooms, random, acked }: Options) {
    this.#rooms = rooms.map((room) => enter(url, new CrashRecord(room, acked), random))
  }

  get isFull(): boolean {
    return this.#rooms.some(({ record }) => record.newest > FULL)
  }

  /** Stops the typing and waits until every change is stored and everyone has received it. */
  async settle(): Promise<void> {
    for (const { writers } of this.#rooms) for (const writer of writers) writer.stop()
    const until = Date.now() + PATIENCE_MS
    for (const room of this.#rooms) {
      while (!(await isSettled(room))) {
        if (Date.now() > until)
          throw new Error(`settle: ${room.record.room} has not settled after ${PATIENCE_MS} ms`)
        await sleep(20)
      }
    }
  }

  /** Compares the rooms with their records. The server has to be up and everything settled. */
  async judge(rereadCheck: RereadCheck): Promise<CrashVerdict> {
    const verdicts: CrashVerdict[] = []
    for (const { record, kits } of this.#rooms) {
      const contents = await rereadCheck.read(record.room)
      verdicts.push(await judgeRoom(record, contents, kits.flatMap(shownTo)))
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

/** Three people enter: one with two tabs, one with one tab, and one without our client code. */
function enter(url: string, record: CrashRecord, random: Random): Room {
  const person = (username: string) => {
    const author: Typist = { cookie: newCookie(), username, by: '', typed: [] }
    record.authors.push(author)
    return { url, record, author, random: new Random(random.below(2 ** 32)) }
  }
  const kits = [new KitWriter({ ...person('Ann'), tabs: 2 }), new KitWriter({ ...person('Ben'), tabs: 1 })]
  return { record, kits, writers: [...kits, new RawWriter(person('Cleo'))] }
}

/** With nothing in flight, clients that know the log up to the same place know all of it. */
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
