import type { ConnectionState } from './machine.ts'
import type { Status } from './types.ts'

/** The connection's state as the page shows it. */
export function statusOf(state: ConnectionState): Status {
  switch (state.kind) {
    case 'connecting':
      return { kind: 'connecting', attempt: state.failures + 1 }
    case 'waiting':
      return {
        kind: 'waiting',
        retryAt: state.retryAt,
        attempt: state.failures,
        ...(state.code === undefined ? {} : { code: state.code }),
        ...(state.until === undefined ? {} : { until: state.until }),
      }
    case 'refused': {
      const { code, message, suggestion } = state
      return { kind: 'refused', code, message, ...(suggestion === undefined ? {} : { suggestion }) }
    }
    case 'fatal':
      return { kind: 'fatal', code: state.code, message: state.message }
    case 'offline':
    case 'resuming':
    case 'live':
    case 'closed':
      return { kind: state.kind }
    default:
      return state satisfies never
  }
}

/** Whether the connection is over for good. */
export function isEnded(state: ConnectionState): boolean {
  return state.kind === 'fatal' || state.kind === 'closed'
}
