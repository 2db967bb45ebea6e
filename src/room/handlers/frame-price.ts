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
      return priceOf({ rowsRead, rowsWritten: rowsOf(store, frame) + (keepsAll(state) ? 0 : 1) })
    }
    default:
      return frame satisfies never
  }
}

/** Whether the room keeps messages for ever. Otherwise each change also pays for its own deletion. */
export function keepsAll({ log }: RoomState): boolean {
  return (log?.record.settings.retention ?? 'forever') === 'forever'
}

/** A deletion also erases the texts of earlier edits. */
function rowsOf(store: Store, { event, data }: ChangeFrame): number {
  if (event === 'updateChat') return 1
  return 2 + (event === 'deleteChat' ? (store.message(data.ref)?.edits?.length ?? 0) : 0)
}
