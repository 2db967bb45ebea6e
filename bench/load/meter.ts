import { readdirSync, readFileSync } from 'node:fs'
import { dueAt } from './body.ts'
import { Samples } from './samples.ts'

/** The counters at a moment. */
export interface Reading {
  at: number
  deliveries: number
  bytes: number
  serverSeconds: number
  loadSeconds: number
}

/** The counters of this process, and the CPU clocks of both processes. */
export class Meter {
  readonly #server: number
  /** Messages that reached a person. Their own count too, once, as an ack or an echo. */
  deliveries = 0
  bytes = 0
  latency = new Samples()
  /** The delay between the due time and the send. */
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
 * CPU seconds of a process with all its threads; NaN without /proc. Its neighbour `stat` counts in hundredths of a
 * second, which is too coarse for a quiet room.
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
    // The thread ended after it was listed.
    return 0
  }
}

/** Resident memory of a process in bytes; NaN without /proc. */
export function residentBytes(pid: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
    return Number(kilobytes) * 1024
  } catch {
    return Number.NaN
  }
}
