/** Hallway with rooms that answer first and write a little later, for speed: what the crash test is there to catch. */
import './write-late.ts'

export { default, Room } from '../../../src/worker.ts'
