import type { ChangeFrame, ClientFrame } from '../../protocol/client-frames.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { NEW_ROOM_ROWS } from '../model/budget.ts'
import { priceOf } from '../model/price.ts'
import type { Store } from '../model/store.ts'
import type { RoomState } from '../state/state.ts'

/** What a room reads as it wakes, or for someone who joins, besides messages. */
const FEW_ROWS = 50

/**
 * What a frame will cost at most, before it is handled: in units. Afterwards its sender pays what it did cost.
 */
export function framePrice(state: RoomState, frame: ClientFrame): number {
  const { log, store } = state
  switch (frame.event) {
    case 'userJoin': {
      if (!store.hasTables) return priceOf({ rowsWritten: NEW_ROOM_ROWS })
      const { after, epoch } = frame.data
      const missed = after === undefined || epoch === undefined ? undefined : log?.missed(after, epoch)
      return priceOf({ rowsRead: FEW_ROWS + (missed ?? LIMITS.historyPage), rowsWritten: 2 })
    }
    case 'msgHistory':
      return priceOf({ rowsRead: Math.min(frame.data.limit ?? LIMITS.historyPage, LIMITS.historyPageMax) })
    case 'userTyping':
    case 'markRead':
    case 'sync':
      return priceOf({ awakeMs: LIMITS.ephemeralGatherMs })
    case 'userRename':
    case 'newRoom':
    case 'dismissRoom':
      return priceOf({ rowsWritten: 3 })
    case 'updateChat':
    case 'editChat':
    case 'deleteChat':
    case 'react':
    case 'setTopic': {
      const { id, since, epoch } = frame.data
      const after = id === undefined ? undefined : log?.retryFrom(since, epoch)
      const rowsRead = after === undefined || after === 'stale' ? 0 : (log?.lookBack(after) ?? 0)
      return priceOf({ rowsRead, rowsWritten: rowsOf(store, frame) + deletionRows(state, [frame]) })
    }
    default:
      return frame satisfies never
  }
}

/**
 * The rows that the deletion of these changes will write, unless the room keeps everything. The text of an edit goes with
 * its message, before the edit itself.
 */
export function deletionRows({ log }: RoomState, changes: readonly { event: string }[]): number {
  if ((log?.record.settings.retention ?? 'forever') === 'forever') return 0
  return changes.reduce((rows, { event }) => rows + (event === 'editChat' ? 2 : 1), 0)
}

/** A deletion also erases the texts of earlier edits. */
function rowsOf(store: Store, { event, data }: ChangeFrame): number {
  if (event === 'updateChat') return 1
  return 2 + (event === 'deleteChat' ? (store.message(data.ref)?.edits?.length ?? 0) : 0)
}
