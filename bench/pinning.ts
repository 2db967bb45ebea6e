import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

export interface Pinning {
  /** What goes before the server's command and before the load generator's. */
  server: string[]
  load: string[]
}

/** A core for each, where there are two and the means to hold a process to one. */
export function pinning(): Pinning {
  const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0
  return canPin ? { server: ['taskset', '-c', '0'], load: ['taskset', '-c', '1'] } : { server: [], load: [] }
}
