// npm run bench:budget: one address tries to use up the free plan's day in every way we know, until it is refused; and
// thirty ordinary people behind one address have their day. After `--`: --only typing,ordinary, --out elsewhere.md.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Counts } from '../../src/platform/billing/usage.ts'
import { root } from '../../tools/install.mjs'
import { bundleWorker, RAISED_RATES, startWorkerd } from '../../tools/workerd.mjs'
import { BenchPerson } from './bench-person.ts'
import { budgetReport, type OrdinaryDay, type Used } from './budget-report.ts'
import { ordinaryDay } from './ordinary-day.ts'
import { AT_ONCE, type Attempt, WAYS } from './ways.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    out: { type: 'string', default: join(root, 'docs/bench/budget.md') },
  },
})
const wanted = (name: string) => values.only?.split(',').some((part) => name.includes(part)) ?? true
/** So many refusals in a row, and the day is over. */
const REFUSALS = 60
const MOST_SECONDS = 1_200
/** How long the attack goes on after that, to see what refusals cost. */
const AFTER_MS = 5_000
/** Limits of the moment ask for less. */
const LONG_MS = 60_000
const ROOMS = 300
const CHANGES = 9_900

type Counted = Counts & { leases: number }
/** Any of the 65,536 networks of an IPv6 /48. */
const ipv6 = () => `2001:db8:77:${Math.floor(Math.random() * 65_536).toString(16)}::1`

const folder = mkdtempSync(join(tmpdir(), 'hallway-budget-'))
const bundle = bundleWorker(folder, 'bench/budget/worker.ts')
const used: Used[] = []
let day: OrdinaryDay | undefined
const rooms = join(folder, 'rooms')
const server = await startWorkerd(bundle, {
  rooms,
  vars: { ...RAISED_RATES, REDEMPTIONS_A_MINUTE: '1000000' },
})
const { url } = server
try {
  if (wanted('ordinary')) {
    day = await ordinaryDay(url, counts)
    console.log(JSON.stringify(day))
  }
  const prepared = await prepare()
  // Each way comes from an address of its own, with a budget of its own.
  for (const [n, way] of Object.keys(WAYS).entries())
    if (wanted(way)) await attack(way, way, { ...prepared, url, address: () => `203.0.113.${n + 1}` })
  if (wanted('IPv6'))
    await attack('messages, from a new /64 each', 'messages in 20 rooms', { ...prepared, url, address: ipv6 })
  writeFileSync(values.out, budgetReport(used, day))
  console.log(`Written to ${values.out}`)
} finally {
  await server.kill()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

/** Goes one way until everything is refused. */
async function attack(name: string, way: string, attempt: Attempt): Promise<void> {
  const [before, stored, began] = [await counts(), storedBytes(), performance.now()]
  let refused = 0
  let step = 0
  const isOver = () => refused >= REFUSALS || performance.now() - began > MOST_SECONDS * 1_000
  const work = async () => {
    while (!isOver()) {
      refused = (await take(way, attempt, step++)) ? 0 : refused + 1
      // Where only a limit of the moment refuses, the attack waits and goes on.
      if (refused >= REFUSALS && !(await isDayOver(attempt))) {
        await sleep(1_000)
        refused = 0
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE[way] ?? 20 }, work))
  const seconds = (performance.now() - began) / 1_000
  // Leaves, and what people are told last.
  await sleep(3_000)
  const [then, thenStored] = [await counts(), storedBytes()]
  const until = performance.now() + AFTER_MS
  while (performance.now() < until) await take(way, attempt, step++)
  used.push({
    name,
    seconds,
    isRefused: refused >= REFUSALS,
    ...minus(then, before),
    storedBytes: thenStored - stored,
    afterwards: minus(await counts(), then),
    afterMs: AFTER_MS,
  })
  console.log(JSON.stringify(used.at(-1)))
}

/** Whether the network has to wait until midnight. */
async function isDayOver({ address }: Attempt): Promise<boolean> {
  const { json } = await new BenchPerson(url, address()).call('/api/rooms/anywhere')
  return Number(Reflect.get(Object(json), 'retryAfter')) > LONG_MS
}

async function take(way: string, attempt: Attempt, step: number): Promise<boolean> {
  return (await WAYS[way]?.(attempt, step).catch(() => false)) ?? false
}

/** Rooms that others have made, whose network is unknown: nobody pays for them. */
async function prepare(): Promise<Pick<Attempt, 'rooms' | 'long'>> {
  const made = Array.from({ length: ROOMS }, (_, n) => `room-${n}`)
  for (let at = 0; at < ROOMS; at += 50) {
    await Promise.all(
      made.slice(at, at + 50).map(async (room) => {
        const person = new BenchPerson(url)
        await person.join(room)
        await person.leave()
      }),
    )
  }
  const host = new BenchPerson(url)
  let epoch = ''
  await host.join('long', {}, (joined) => {
    epoch = String(joined.epoch)
  })
  for (let n = 0; n < CHANGES; n += 50)
    await Promise.all(Array.from({ length: 50 }, (_, more) => host.say(`${n + more}`)))
  await host.leave()
  return { rooms: made, long: { room: 'long', epoch } }
}

async function counts(): Promise<Counted> {
  return (await fetch(`${url}/counts`)).json() as Promise<Counted>
}

/** The size of all databases. */
function storedBytes(): number {
  const files = readdirSync(rooms, { recursive: true, encoding: 'utf8' })
  return files
    .filter((name) => name.endsWith('.sqlite'))
    .reduce((sum, name) => sum + statSync(join(rooms, name)).size, 0)
}

function minus(
  now: Counted,
  before: Counted,
): Pick<Counted, 'rowsWritten' | 'rowsRead' | 'activeMs' | 'leases'> {
  return {
    rowsWritten: now.rowsWritten - before.rowsWritten,
    rowsRead: now.rowsRead - before.rowsRead,
    activeMs: now.activeMs - before.activeMs,
    leases: now.leases - before.leases,
  }
}
