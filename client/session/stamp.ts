import type { OutboxEntry, OutboxFrame } from './types.ts'

/** Where the log was when a change was first sent: the server looks for a repeat after that place. */
export interface Stamp {
  /** A `seq` up to which the change is not in the log. */
  since: number
  /** The epoch of that log. */
  epoch: string
}

/** The entry with its first stamp. One that refers to the log keeps the epoch in which it was queued. */
export function withStamp(entry: OutboxEntry, { since, epoch }: Stamp): OutboxEntry {
  return restamped(entry, { since, epoch: entry.frame.data.epoch ?? epoch })
}

export function restamped(entry: OutboxEntry, at: Stamp): OutboxEntry {
  return { ...entry, frame: withData(entry.frame, at) }
}

/** The frame with other values in the fields that every change carries. */
export function withData(
  frame: OutboxFrame,
  data: { room?: string; id?: string; since: number | undefined; epoch: string | undefined },
): OutboxFrame {
  return Object.assign({}, frame, { data: Object.assign({}, frame.data, data) })
}
