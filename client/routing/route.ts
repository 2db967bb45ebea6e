import { CHALLENGE_PATH, SHARE_PATH, TRANSFER_PATH } from '../../src/protocol/names.ts'
import { parseRoomAddress } from '../../src/protocol/room-address.ts'

export type Route =
  | { kind: 'front' }
  | { kind: 'room'; room: string }
  | { kind: 'transfer' }
  | { kind: 'challenge' }
  | { kind: 'share' }
  | { kind: 'nowhere' }

const PAGES: Readonly<Record<string, Exclude<Route['kind'], 'room'>>> = {
  '/': 'front',
  [TRANSFER_PATH]: 'transfer',
  [CHALLENGE_PATH]: 'challenge',
  [SHARE_PATH]: 'share',
}

/** The page of a path. */
export function parseRoute(path: string): Route {
  const found = parseRoomAddress(path)
  return found ? { kind: 'room', room: found.room } : { kind: PAGES[path] ?? 'nowhere' }
}
