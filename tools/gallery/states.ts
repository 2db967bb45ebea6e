import type { PageState } from './page-state.ts'
import { closedStates } from './states/closed.ts'
import { doorStates } from './states/door.ts'
import { elsewhereStates } from './states/elsewhere.ts'
import { identityStates } from './states/identity.ts'
import { insideStates } from './states/inside.ts'
import { moderationStates } from './states/moderating.ts'
import { notificationStates } from './states/notifications.ts'
import { outsideStates } from './states/outside.ts'
import { readingStates } from './states/reading.ts'
import { writingStates } from './states/writing.ts'

/** Every state of the page. Add a new state to one of these lists. */
export const STATES: readonly PageState[] = [
  ...outsideStates,
  ...doorStates,
  ...insideStates,
  ...readingStates,
  ...writingStates,
  ...elsewhereStates,
  ...moderationStates,
  ...identityStates,
  ...notificationStates,
  ...closedStates,
]
