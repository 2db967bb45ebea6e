/** Hallway with rooms that never close a slow reader: the test of slow readers must catch it. */
import { LIMITS } from '../../../src/protocol/limits.ts'

export { default, Room } from '../../../src/worker.ts'

const none = Number.POSITIVE_INFINITY
Object.assign(LIMITS, { syncUnansweredBytes: none, personUnansweredBytes: none, roomUnansweredBytes: none })
