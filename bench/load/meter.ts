import { readdirSync, readFileSync } from 'node:fs'
import { dueAt } from './body.ts'
import { Samples } from './samples.ts'

/** What was counted up to one moment. */
export interface Reading {
  at: number
  deliveries: number
  bytes: number
  serverSeconds: number
  loadSeconds: number
}

/** The counters of this process, and the clocks of both. */
export class Meter {
  readonly #server: number
  /** Messages that reached someone. Of their own, people hear as an ack or as an echo: one delivery either way. */
  deliveries = 0
  bytes = 0
  latency = new Samples()
  /** How late sends were against when they were due. */
  lateness = new Samples()
  sampling = false

  constructor(server: number) {
    this.#server = server
  }

  message(bytes: Buffer, run: number): void {
    this.deliveries += 1
    if (this.sampling && this.latency.wants()) this.latency.add(performance.now() - dueAt(bytes, run))
  }

  read(): Reading {
    const { user, system } = process.cpuUsage()
    return {
      at: performance.now(),
      deliveries: this.deliveries,
      bytes: this.bytes,
      serverSeconds: cpuSeconds(this.#server),
      loadSeconds: (user + system) / 1e6,
    }
  }
}

/**
 * CPU seconds of a process, all its threads together: NaN where there is no /proc. `stat` beside it counts in
 * hundredths of a second, too coarse for a room in which hardly anyone speaks.
 */
export function cpuSeconds(pid: number): number {
  try {
    let nanoseconds = 0
    for (const thread of readdirSync(`/proc/${pid}/task`))
      nanoseconds += ranFor(`/proc/${pid}/task/${thread}`)
    return nanoseconds / 1e9
  } catch {
    return Number.NaN
  }
}

function ranFor(thread: string): number {
  try {
    return Number(readFileSync(`${thread}/schedstat`, 'latin1').split(' ')[0])
  } catch {
    // It ended between being listed and being asked.
    return 0
  }
}

/** Resident memory of a process in bytes: NaN where there is no /proc. */
export function residentBytes(pid: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
    return Number(kilobytes) * 1024
  } catch {
    return Number.NaN
  }
}
