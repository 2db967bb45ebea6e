import { spawn } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { node } from '../tools/install.mjs'
import type { Assignment, Load, Measured } from './load/load.ts'
import type { Pinning } from './pinning.ts'
import type { Scenario } from './scenarios.ts'
import type { Running, System } from './systems/system.ts'

export interface Bench {
  /** Holds bundles and the servers' data. */
  folder: string
  pinning: Pinning
}

/** Linux keeps the files of this folder in memory. */
const MEMORY = '/dev/shm'

/** Starts a new server on its own data, and measures it with a load generator. */
export async function measure(bench: Bench, system: System, scenario: Scenario): Promise<Measured> {
  const { load, behind, inMemory } = scenario
  const data = mkdtempSync(join(inMemory ? MEMORY : bench.folder, 'hallway-data-'))
  if (behind) cpSync(await filled(bench, system, behind), data, { recursive: true })
  const server = await system.start({ data, command: bench.pinning.server })
  try {
    return await generate(bench, system, server, load)
  } finally {
    await server.kill()
    rmSync(data, { recursive: true, force: true })
  }
}

/** The data of a server whose room has `messages` messages: made once, and copied for each measurement. */
async function filled(bench: Bench, system: System, messages: number): Promise<string> {
  const data = join(bench.folder, `${system.name}-${messages}`)
  if (existsSync(data)) return data
  mkdirSync(data)
  const server = await system.start({ data, command: bench.pinning.server })
  if (system.fills) await fetch(`http://localhost:${server.port}/bench-0/fill?messages=${messages}`)
  else await generate(bench, system, server, { kind: 'fill', messages })
  await server.kill()
  return data
}

/** Runs the load generator in its own process, and returns its measurement. */
async function generate(bench: Bench, { dialect }: System, server: Running, load: Load): Promise<Measured> {
  const { port, pid } = server
  const host = await addressOf(port)
  const program = fileURLToPath(new URL('load/main.ts', import.meta.url))
  const assignment: Assignment = { host, port, pid, dialect, load }
  const [first = node, ...args] = [...bench.pinning.load, node, program, JSON.stringify(assignment)]
  const child = spawn(first, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  let printed = ''
  let complained = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complained += text
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  process.off('exit', end)
  if (code !== 0) throw new Error(complained || `The load generator failed with exit code ${code}`)
  return JSON.parse(printed)
}

/** The address of a server, looked up once, so that no socket of the load waits for a name lookup. */
async function addressOf(port: number): Promise<string> {
  for (const { address } of await lookup('localhost', { all: true })) {
    const answers = await new Promise<boolean>((resolve) => {
      const socket = connect(port, address, () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (answers) return address
  }
  throw new Error(`No server listens at port ${port}`)
}
