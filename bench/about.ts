import { readFileSync } from 'node:fs'
import { root } from '../tools/install.mjs'
import { commit, machine } from './host.ts'
import type { About } from './results.ts'
import { RAISED_LIMITS } from './systems/systems.ts'

/** The commit, the machine and the versions of a run. */
export function about({ pinned, command }: { pinned: boolean; command: string }): About {
  const versionOf = (folder: string, name: string): string =>
    JSON.parse(readFileSync(`${root}${folder}node_modules/${name}/package.json`, 'utf8')).version
  return {
    commit: commit('src'),
    date: new Date().toISOString().slice(0, 10),
    command,
    ...machine(),
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
