import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { brokenRule } from '../delivery/invariants.ts'
import { newSeed } from '../random.ts'
import { bundleWorker } from '../workerd.mjs'
import { crash } from './crash.ts'

const ACK_FIRST = 'tools/crash/ack-first/worker.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(newSeed()) },
    /** Kills a server that acks before it writes: the run must find this fault. */
    control: { type: 'boolean', default: false },
  },
})
const [kills, seed] = [Number(values.kills), Number(values.seed)]
if (!(kills >= 1 && seed >= 0)) throw new Error('--kills and --seed are numbers')

// The server is ended when this process exits, so a signal has to be an exit.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
const folder = mkdtempSync(join(tmpdir(), 'hallway-crash-'))
const rooms = join(folder, 'rooms')
const bundle = values.control ? bundleWorker(folder, ACK_FIRST) : bundleWorker(folder)

const started = Date.now()
const killed = (done: number, acks: number) => {
  if (done % 10 === 0) console.log(`${done} kills, ${acks} acks`)
}
const { acks, changes, lost, twice, gaps, broken } = await crash({ bundle, rooms, kills, seed, killed })
const seconds = Math.round((Date.now() - started) / 1_000)

const rules = Map.groupBy(broken, brokenRule)
for (const [first, ...others] of rules.values())
  console.log(`${first}\n  and ${others.length} more of this rule`)
if (broken.length > 0) console.log(`The rooms are kept in ${rooms}`)
else rmSync(folder, { recursive: true })
console.log(
  `${kills} kills, ${acks} acks, ${changes} changes: ${lost} lost, ${twice} twice, ${gaps} gaps, ` +
    `${broken.length} broken rules (${seconds} s, seed ${seed})`,
)
process.exitCode = broken.length > 0 ? 1 : 0
