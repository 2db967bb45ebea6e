import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { root } from '../scripts/install.mjs'
import type { About } from './results.ts'
import { RAISED_LIMITS } from './systems/systems.ts'

/** On what, of what and how it was measured. */
export function about({ pinned, command }: { pinned: boolean; command: string }): About {
  const versionOf = (folder: string, name: string): string =>
    JSON.parse(readFileSync(`${root}${folder}node_modules/${name}/package.json`, 'utf8')).version
  const [first] = cpus()
  return {
    commit:
      git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', 'src') === '' ? '' : ', changed'),
    date: new Date().toISOString().slice(0, 10),
    command,
    cpu: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    pinned,
    versions: {
      workerd: versionOf('', 'workerd'),
      node: process.versions.node,
      'socket.io': versionOf('bench/', 'socket.io'),
      ws: versionOf('bench/', 'ws'),
      partyserver: versionOf('bench/', 'partyserver'),
    },
    settings: RAISED_LIMITS,
  }
}

function git(...args: string[]): string {
  return spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim()
}
