import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../tools/free-port.mjs'
import { node } from '../../tools/install.mjs'
import type { Running, System, Where } from './system.ts'

/** A server that runs on Node, from `bench/peers/<folder>/server.ts`. */
export function nodeSystem(
  options: Pick<System, 'name' | 'title' | 'dialect' | 'fills'> & { folder: string },
): System {
  const { folder, ...system } = options
  const program = fileURLToPath(new URL(`../peers/${folder}/server.ts`, import.meta.url))
  return { ...system, start: (where) => start(program, where) }
}

async function start(program: string, { data, command }: Where): Promise<Running> {
  mkdirSync(data, { recursive: true })
  const port = await freePort()
  const [first = node, ...args] = [...command, node, '--disable-warning=ExperimentalWarning', program]
  const env = { ...process.env, NODE_ENV: 'production', PORT: String(port), DATA: data }
  const child = spawn(first, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  ended.then(() => process.off('exit', end))
  while (!(await fetch(`http://localhost:${port}/healthz`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null) throw new Error(`${program} failed with exit code ${child.exitCode}`)
    await sleep(20)
  }
  return {
    port,
    pid: Number(child.pid),
    async kill() {
      end()
      await ended
    },
  }
}
