/** What ran in the rooms of this process: how often they woke, and what woke them or kept them awake. */
export interface Counts {
  constructed: number
  requests: number
  frames: number
  closes: number
  errors: number
  alarms: number
  timers: number
  /** Timers that are set and have not run. */
  pending: number
}
