import { parseRoomName } from '../src/protocol/names.ts'

export type Route = { kind: 'front' } | { kind: 'room'; room: string } | { kind: 'nowhere' }

const ROOM_PATH = /^\/r\/([^/]+)\/?$/

/** Which page a path means. */
export function parseRoute(path: string): Route {
  if (path === '/') return { kind: 'front' }
  const named = ROOM_PATH.exec(path)?.[1]
  const room = named === undefined ? undefined : parseRoomName(named)
  return room === undefined ? { kind: 'nowhere' } : { kind: 'room', room }
}
