import type { Worker } from 'node:worker_threads'

/** Passes on all that a thread reports. Resolves when it ends, and rejects when it fails. */
export function untilThreadEnds<T>(thread: Worker, hear: (report: T) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    thread.on('message', hear)
    thread.on('error', reject)
    thread.on('exit', () => resolve())
  })
}
