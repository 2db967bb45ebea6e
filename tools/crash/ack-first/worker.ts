/** Hallway with rooms that answer before they write: the crash test must catch it. */
import './write-late.ts'

export { default, Room } from '../../../src/worker.ts'
