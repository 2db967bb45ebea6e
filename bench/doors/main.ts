// npm run bench:doors: measures whether response times reveal to a stranger which closed rooms exist. After `--`:
// --rounds 200, --out elsewhere.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../../tools/install.mjs'
import { bundleWorker, startWorkerd } from '../../tools/workerd.mjs'
import { pinning } from '../pinning.ts'
import { closedRooms } from './closed-rooms.ts'
import { doorsReport, type Tries } from './doors-report.ts'
import { Knocker, type Way } from './knocker.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000' },
    out: { type: 'string', default: join(root, 'docs/bench/doors.md') },
  },
})
const ROUNDS = Number(values.rounds)
const WARM_UP = 100
const WAYS: Way[] = ['facts', 'upgrade']

const folder = mkdtempSync(join(tmpdir(), 'hallway-doors-'))
const server = await startWorkerd(bundleWorker(folder), { command: pinning().server })
try {
  const doors = { absent: 'c'.repeat(26), ...(await closedRooms(server.url)) }
  writeFileSync(values.out, doorsReport(await knockAtAll(doors), ROUNDS))
  console.log(`Written to ${values.out}`)
} finally {
  await server.kill()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

/** Tries every door in every way, one after another, in a random order each round. */
async function knockAtAll(doors: Record<string, string>): Promise<Tries> {
  const knocker = new Knocker(server.url)
  const looks = WAYS.flatMap((way) => Object.entries(doors).map(([door, room]) => ({ way, door, room })))
  const none = () => Object.fromEntries(Object.keys(doors).map((door): [string, number[]] => [door, []]))
  const tries: Tries = { facts: none(), upgrade: none() }
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const { way, door, room } of shuffled(looks)) {
      const ms = await knocker.knock(way, room)
      if (round >= 0) tries[way][door]?.push(ms)
    }
  }
  return tries
}

/** A random order, so that no door is always first and pays for it. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
