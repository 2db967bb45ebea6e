// npm run bench:flood: measures what people in a room notice while an attacker floods it. After `--`: --seconds 20,
// --rounds 3, --only crowd, --out elsewhere.md.
import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { node, root } from '../../tools/install.mjs'
import { bundleWorker, startWorkerd } from '../../tools/workerd.mjs'
import { cpuSeconds, residentBytes } from '../load/meter.ts'
import { pinning } from '../pinning.ts'
import type { Tried } from './attacks.ts'
import { floodReport, type Measured, type Round } from './flood-report.ts'
import { frameCosts } from './frame-costs.ts'
import { HonestPeople } from './honest-people.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'flood,crowd,joins,rush,worst' },
    out: { type: 'string', default: join(root, 'docs/bench/flood.md') },
  },
})
const seconds = Number(values.seconds)
const KINDS = values.only.split(',')

const folder = mkdtempSync(join(tmpdir(), 'hallway-flood-'))
const pins = pinning()
// The attacker's address would use up its day's budget within seconds, and the flood be over.
const vars = { NETWORK_UNITS_A_DAY: '1000000000' }
const server = await startWorkerd(bundleWorker(folder), { command: pins.server, vars })
const rounds: Round[] = []
const memory = [residentBytes(server.pid)]
for (let round = 0; round < Number(values.rounds); round++) {
  for (const kind of KINDS) {
    const room = `${kind}-${round}`
    const people = await HonestPeople.enter(server.url, room)
    // The first messages warm up the server, so they are not measured.
    await people.talk(room, sleep(3_000))
    const quiet = await measured(people, room, sleep(seconds * 1_000))
    const attack = attackBy(kind, room)
    const attacked = await measured(people, room, attack)
    const tried = await attack
    people.leave()
    memory.push(residentBytes(server.pid))
    rounds.push({ kind, quiet, attacked, tried })
    console.log(kind, JSON.stringify({ quiet, attacked, tried }))
  }
}
await server.kill()
writeFileSync(values.out, floodReport({ rounds, memory, seconds, costs: frameCosts() }))
console.log(`Written to ${values.out}`)
process.exit()

/** The people's figures, and the share of its core that the server used. */
async function measured(people: HonestPeople, room: string, until: Promise<unknown>): Promise<Measured> {
  const [began, before] = [performance.now(), cpuSeconds(server.pid)]
  const phase = await people.talk(room, until)
  const took = (performance.now() - began) / 1_000
  return { ...phase, took, busy: (cpuSeconds(server.pid) - before) / took }
}

/** The attack gets only the idle time of the people's core, so that it does not slow the measurement. */
function attackBy(kind: string, room: string): Promise<Tried> {
  const target = JSON.stringify({ kind, url: server.url, room, seconds })
  const behind = [...pins.load, ...pins.behind]
  const [program = '', ...args] = [...behind, node, join(root, 'bench/flood/flood-attacker.ts'), target]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  return new Promise((resolve) => child.once('exit', () => resolve(output === '' ? {} : JSON.parse(output))))
}
