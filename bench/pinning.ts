import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

export interface Pinning {
  /** What goes before the server's command and before the load generator's. */
  server: string[]
  load: string[]
  /** And before what shares a core with either, and is to have what that leaves. */
  behind: string[]
}

/** A core for each, where there are two and the means to hold a process to one. */
export function pinning(): Pinning {
  const works = (...command: string[]) =>
    spawnSync(command[0] ?? '', [...command.slice(1), 'true']).status === 0
  const behind = works('chrt', '--idle', '0') ? ['chrt', '--idle', '0'] : ['nice', '-n', '19']
  const canPin = availableParallelism() > 1 && works('taskset', '-c', '0')
  return canPin
    ? { server: ['taskset', '-c', '0'], load: ['taskset', '-c', '1'], behind }
    : { server: [], load: [], behind }
}
