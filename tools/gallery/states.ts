import type { State } from './state.ts'
import { attention } from './states/attention.ts'
import { closed } from './states/closed.ts'
import { door } from './states/door.ts'
import { elsewhere } from './states/elsewhere.ts'
import { house } from './states/house.ts'
import { identity } from './states/identity.ts'
import { inside } from './states/inside.ts'
import { outside } from './states/outside.ts'
import { reading } from './states/reading.ts'
import { writing } from './states/writing.ts'

/** Everything the page can look like. A new state is a row in one of these. */
export const STATES: readonly State[] = [
  ...outside,
  ...door,
  ...inside,
  ...reading,
  ...writing,
  ...elsewhere,
  ...house,
  ...identity,
  ...attention,
  ...closed,
]
