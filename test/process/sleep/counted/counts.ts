/** Counts of what woke the rooms of this process or kept them awake. */
export interface Counts {
  constructed: number
  requests: number
  frames: number
  closes: number
  errors: number
  alarms: number
  timers: number
  /** Pending timers. */
  pending: number
}
