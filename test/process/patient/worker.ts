/** Hallway with rooms that never close a slow reader: the test of slow readers must catch it. */
import { LIMITS } from '../../../src/protocol/limits.ts'

export { default, Room } from '../../../src/worker.ts'

Object.assign(LIMITS, { syncUnansweredBytes: Number.POSITIVE_INFINITY })
