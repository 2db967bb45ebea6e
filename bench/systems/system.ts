import type { DialectName } from '../load/dialects.ts'

/** A kind of server, which starts again for each measurement. */
export interface System {
  /** Its name on the command line and in the results. */
  readonly name: string
  /** Its name in the report. */
  readonly title: string
  readonly dialect: DialectName
  /** Runs once, before the first start. */
  prepare?(): void
  start(where: Where): Promise<Running>
  /** Whether `/room/fill?messages=` fills a room. Without it, the load generator sends the messages. */
  readonly fills?: boolean
}

export interface Where {
  /** The folder of its data. */
  data: string
  /** The prefix of its command, such as `taskset -c 0`. */
  command: readonly string[]
}

export interface Running {
  port: number
  pid: number
  /** Kills it at once. */
  kill(): Promise<void>
}
