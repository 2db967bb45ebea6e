import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../free-port.mjs'
import { Random } from '../random.ts'
import { type Bundle, RAISED_RATES, startWorkerd } from '../workerd.mjs'
import { type CrashVerdict, failures, sum } from './crash-verdict.ts'
import { RereadCheck } from './reread-check.ts'
import { Writers } from './writers.ts'

const PATIENCE_MS = 30_000

/** When the process is killed: some time after its start, or some time after a number of acks. */
type Moment = { kind: 'starting'; afterMs: number } | { kind: 'busy'; acks: number; thenMs: number }

interface Options {
  bundle: Bundle
  /** The folder of the rooms' databases. */
  rooms: string
  kills: number
  seed: number
  /** Called after each kill. */
  killed?(kills: number, acks: number): void
}

/**
 * Kills the server repeatedly while people in three rooms type, restarts it on the same storage, and compares the rooms in
 * the end with everything that clients received. The seed determines the moments and the texts; how much is typed by then
 * depends on the machine.
 */
export async function crash({ bundle, rooms, kills, seed, killed }: Options): Promise<CrashVerdict> {
  const random = new Random(seed)
  const acks = new AckCount()
  const port = await freePort()
  const url = `http://localhost:${port}`
  const start = (more: { signal?: AbortSignal } = {}) =>
    startWorkerd(bundle, { rooms, port, vars: RAISED_RATES, ...more })
  const rereadCheck = new RereadCheck(url)
  const verdicts: CrashVerdict[] = []
  const broken: string[] = []
  let done = 0

  async function useNewRooms(): Promise<void> {
    const names = ['a', 'b', 'c'].map((letter) => `crash-${done}-${letter}`)
    const writers = new Writers({ url, rooms: names, random, acked: () => acks.add() })
    try {
      while (done < kills && !writers.isFull) {
        await kill(nextMoment(random))
        done += 1
        killed?.(done, acks.total)
      }
      await whileUp(async () => {
        broken.push(...(await failures(() => writers.settle())))
        verdicts.push(await writers.judge(rereadCheck))
      })
    } finally {
      writers.close()
    }
  }

  async function kill(moment: Moment): Promise<void> {
    if (moment.kind === 'starting') return killAtStart(moment.afterMs)
    const goal = acks.total + moment.acks
    await whileUp(async () => {
      await acks.reach(goal)
      if (moment.thenMs > 0) await sleep(moment.thenMs)
    })
  }

  /** Starts the server, and kills it when `work` ends. */
  async function whileUp(work: () => Promise<void>): Promise<void> {
    const server = await start()
    try {
      await work()
    } finally {
      await server.kill()
    }
  }

  async function killAtStart(afterMs: number): Promise<void> {
    const end = new AbortController()
    const timer = setTimeout(() => end.abort(), afterMs)
    try {
      const server = await start({ signal: end.signal })
      await server.ended
    } catch (fault) {
      // It was killed before it could answer.
      if (!end.signal.aborted) throw fault
    } finally {
      clearTimeout(timer)
    }
  }

  const ended = await failures(async () => {
    while (done < kills) await useNewRooms()
    await whileUp(() => rereadCheck.rereadAll())
  })
  broken.push(...ended)
  return sum([...verdicts, { acks: 0, changes: 0, lost: 0, twice: 0, gaps: 0, broken }])
}

/** Most kills hit a busy room, at an ack or just after; some hit a server that is starting. */
function nextMoment(random: Random): Moment {
  if (random.next() < 0.2) return { kind: 'starting', afterMs: random.below(200) }
  return { kind: 'busy', acks: 1 + random.below(500), thenMs: random.next() < 0.5 ? 0 : random.below(30) }
}

/** Counts acks, and resolves a wait for a number of them. */
class AckCount {
  total = 0
  #goal = Number.POSITIVE_INFINITY
  #reached = () => {}

  add(): void {
    this.total += 1
    if (this.total >= this.#goal) this.#reached()
  }

  reach(goal: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`busy: ${goal - this.total} acks did not arrive within ${PATIENCE_MS} ms`))
      }, PATIENCE_MS)
      this.#goal = goal
      this.#reached = () => {
        clearTimeout(timer)
        resolve()
      }
      if (this.total >= goal) this.#reached()
    })
  }
}
