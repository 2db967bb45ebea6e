import type { RoomFacts } from '../../protocol/room-facts.ts'
import type { RoomCore } from '../../room/core.ts'
import { DEFAULT_SETTINGS } from '../../room/model/room-record.ts'

/** What the operator is told of a room that never began or was erased. */
export const NO_ROOM = 'There is no such room.'

/** The facts that everyone who may join may see before joining. */
export function factsOf(room: string, { record, online }: Pick<RoomCore, 'record' | 'online'>): RoomFacts {
  const { topic = '', seq = 0, epoch = null } = record ?? {}
  const access = record?.access.kind ?? 'open'
  const { title, retention } = record?.settings ?? DEFAULT_SETTINGS
  return { room, title, topic, access, online, seq, epoch, retention }
}
