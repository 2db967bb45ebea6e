import { parseRoomName } from './names.ts'

/** A room, and what follows the `#` of its address: a message, or the secret of an invite link. */
export interface RoomAddress {
  room: string
  /** Empty or with its `#`. */
  fragment: string
}

const PARTS = /^([^?#]*)(?:\?[^#]*)?(#[\w&=-]+)?/
/** Spaces, invisible characters, brackets and quotes may stand around it, and behind it the end of a sentence. */
const ADDRESS =
  /^[\s\p{Cf}\p{Pi}<('"]*(?:(?:(?:https?:\/\/)?([\w.:[\]-]*)\/)?r\/[\s\p{Cf}]*)?([a-z0-9-]+)[\s\p{Cf}\p{Po}\p{Pe}\p{Pf}>]*$/iu

/**
 * The room that a name, a path or a whole address leads to, however it was typed, encoded or pasted. An address with a
 * host leads to a room of this site only if it is `host`.
 */
export function parseRoomAddress(text: string, host = ''): RoomAddress | undefined {
  const [, path = '', fragment = ''] = PARTS.exec(text) ?? []
  const [, site = '', name = ''] = ADDRESS.exec(decoded(path)) ?? []
  const room = parseRoomName(name)
  return room && (!site || site.toLowerCase() === host) ? { room, fragment } : undefined
}

/** Empty if it is encoded wrongly. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}
