import { spawnSync } from 'node:child_process'
import { cpus, release, totalmem } from 'node:os'
import { root } from '../tools/install.mjs'

/** The machine of a run. */
export function machine(): { cpu: string; cores: number; memoryGiB: number; kernel: string } {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
  }
}

/** The commit of a run, with a mark if `folders` have uncommitted changes. */
export function commit(...folders: string[]): string {
  const isSame = git('status', '--porcelain', ...folders) === ''
  return git('rev-parse', '--short', 'HEAD') + (isSame ? '' : ', changed')
}

function git(...args: string[]): string {
  return spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim()
}
