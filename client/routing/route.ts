import { CHALLENGE_PATH, parseRoomName, SHARE_PATH, TRANSFER_PATH } from '../../src/protocol/names.ts'

export type Route =
  | { kind: 'front' }
  | { kind: 'room'; room: string }
  | { kind: 'transfer' }
  | { kind: 'challenge' }
  | { kind: 'share' }
  | { kind: 'nowhere' }

const ROOM_PATH = /^\/r\/([^/]+)\/?$/

/** The page of a path. */
export function parseRoute(path: string): Route {
  if (path === '/') return { kind: 'front' }
  if (path === TRANSFER_PATH) return { kind: 'transfer' }
  if (path === CHALLENGE_PATH) return { kind: 'challenge' }
  if (path === SHARE_PATH) return { kind: 'share' }
  const named = ROOM_PATH.exec(path)?.[1]
  const room = named === undefined ? undefined : parseRoomName(named)
  return room === undefined ? { kind: 'nowhere' } : { kind: 'room', room }
}
