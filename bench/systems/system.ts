import type { DialectName } from '../load/dialects.ts'

/** A server of one kind that can be started anew for each measurement. */
export interface System {
  /** As it is called on the command line and in the results. */
  readonly name: string
  /** As it is called in the report. */
  readonly title: string
  readonly dialect: DialectName
  /** What has to be done once before it can be started. */
  prepare?(): void
  start(where: Where): Promise<Running>
  /** Rooms are filled by asking for `/room/fill?messages=`; where not, by saying as many things. */
  readonly fills?: boolean
}

export interface Where {
  /** Where it keeps its data. */
  data: string
  /** What goes before its command: `taskset -c 0`, say. */
  command: readonly string[]
}

export interface Running {
  port: number
  pid: number
  /** Ends it at once. */
  kill(): Promise<void>
}
