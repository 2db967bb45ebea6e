import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

export interface Pinning {
  /** Prefixes of the server's command and of the load generator's. */
  server: string[]
  load: string[]
  /** The prefix for a process that gets only the idle time of a core. */
  behind: string[]
}

/** Pins each process to a core, if there are two cores and `taskset`. */
export function pinning(): Pinning {
  const works = (...command: string[]) =>
    spawnSync(command[0] ?? '', [...command.slice(1), 'true']).status === 0
  const behind = works('chrt', '--idle', '0') ? ['chrt', '--idle', '0'] : ['nice', '-n', '19']
  const canPin = availableParallelism() > 1 && works('taskset', '-c', '0')
  return canPin
    ? { server: ['taskset', '-c', '0'], load: ['taskset', '-c', '1'], behind }
    : { server: [], load: [], behind }
}
