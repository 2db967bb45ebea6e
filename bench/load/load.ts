import type { DialectName } from './dialects.ts'
import type { Blast } from './kinds/blast.ts'
import type { Fill } from './kinds/fill.ts'
import type { Idle } from './kinds/idle.ts'
import type { Joins } from './kinds/joins.ts'
import type { Open } from './kinds/open.ts'
import type { Pace } from './kinds/pace.ts'
import type { Rows } from './kinds/rows.ts'
import type { Soak } from './kinds/soak.ts'
import type { Talk } from './kinds/talk.ts'
import type { Figures } from './window.ts'

/** The kinds of load. */
export type Load = Talk | Pace | Joins | Idle | Open | Fill | Blast | Rows | Soak

/** A load, and the server it is for. */
export interface Assignment {
  host: string
  port: number
  /** The server's process. */
  pid: number
  dialect: DialectName
  load: Load
}

export interface Measured {
  figures: Figures
  series?: number[]
}
