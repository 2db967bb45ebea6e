/** Hallway with rooms that wait for ever for whoever stopped reading: what the test of slow readers is there to catch. */
import { LIMITS } from '../../../src/protocol/limits.ts'

export { default, Room } from '../../../src/worker.ts'

Object.assign(LIMITS, { syncUnansweredBytes: Number.POSITIVE_INFINITY })
