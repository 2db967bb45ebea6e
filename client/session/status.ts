import type { State } from './machine.ts'
import type { Status } from './types.ts'

/** How the connection stands, as a person may be told. */
export function statusOf(state: State): Status {
  switch (state.kind) {
    case 'connecting':
      return { kind: 'connecting', attempt: state.failures + 1 }
    case 'waiting':
      return { kind: 'waiting', retryAt: state.retryAt, attempt: state.failures }
    case 'refused':
      return { kind: 'refused', code: state.code, message: state.message }
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

export function isOver(state: State): boolean {
  return state.kind === 'fatal' || state.kind === 'closed'
}
