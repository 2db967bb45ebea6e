import type { OutboxEntry, OutboxFrame } from './types.ts'

export interface Stamp {
  /** The newest seq its client had seen when it was first queued. */
  since: number
  epoch: string
}

/** The entry as it goes on the wire, from that moment of that epoch. */
export function withStamp(entry: OutboxEntry, { since, epoch }: Stamp): OutboxEntry {
  return { ...entry, frame: withData(entry.frame, { since, epoch }) }
}

/** The same frame with other data in what every change carries. */
export function withData(
  frame: OutboxFrame,
  data: { room?: string; id?: string; since: number | undefined; epoch: string | undefined },
): OutboxFrame {
  return Object.assign({}, frame, { data: Object.assign({}, frame.data, data) })
}
