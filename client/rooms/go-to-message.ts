import { roomPath } from '../../src/protocol/names.ts'
import { go } from '../routing/router.ts'
import { nowOpen } from './open-room.ts'

/** Opens a room at one of its messages. */
export function goToMessage(room: string, seq: number): void {
  go(`${roomPath(room)}#m=${seq}`)
  const open = nowOpen.peek()
  if (open?.room === room) open.visit(seq)
}
