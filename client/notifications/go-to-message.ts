import { roomPath } from '../../src/protocol/names.ts'
import { nowOpen } from '../rooms/open-room.ts'
import { go } from '../routing/router.ts'

/** Opens a room at one of its messages. */
export function goToMessage(room: string, seq: number): void {
  go(`${roomPath(room)}#m=${seq}`)
  const open = nowOpen.peek()
  if (open?.room === room) open.visit(seq)
}
