import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** How much memory a process holds, as the system counts it. */
export function residentBytes(pid: number): number {
  const status = `/proc/${pid}/status`
  const kib = existsSync(status)
    ? /^VmRSS:\s+(\d+)/m.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' })
  return Number(kib) * 1024
}
