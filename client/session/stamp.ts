import type { OutboxEntry, OutboxFrame } from './types.ts'

/** Where the log was when a change was first queued: the server looks for a repeat after that place. */
export interface Stamp {
  /** The newest `seq` that the client had seen. */
  since: number
  /** The epoch of that log. */
  epoch: string
}

/** The entry with this `since` and `epoch` in its frame. An entry keeps its first stamp for good. */
export function withStamp(entry: OutboxEntry, { since, epoch }: Stamp): OutboxEntry {
  return { ...entry, frame: withData(entry.frame, { since, epoch }) }
}

/** The frame with other values in the fields that every change carries. */
export function withData(
  frame: OutboxFrame,
  data: { room?: string; id?: string; since: number | undefined; epoch: string | undefined },
): OutboxFrame {
  return Object.assign({}, frame, { data: Object.assign({}, frame.data, data) })
}
