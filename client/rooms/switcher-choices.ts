import { parseRoomName } from '../../src/protocol/names.ts'
import type { ListedRoom } from './room-list.ts'

/** A destination in the switcher. */
export type SwitcherOption =
  | { kind: 'known'; room: string; listed: ListedRoom }
  | { kind: 'new'; room: string }

/** The person's other rooms that match the text, best match first, then the room of that name. */
export function switcherOptionsOf(rooms: readonly ListedRoom[], typed: string): SwitcherOption[] {
  const words = typed.trim().toLowerCase()
  const known = rooms
    .map((listed) => ({ listed, rank: rankOf(listed, words) }))
    .filter(({ listed, rank }) => rank > 0 && !listed.isOpen)
    .sort((one, other) => other.rank - one.rank)
    .map(({ listed }): SwitcherOption => ({ kind: 'known', room: listed.room, listed }))
  const named = parseRoomName(words)
  const isNew = named !== undefined && rooms.every(({ room }) => room !== named)
  return isNew ? [...known, { kind: 'new', room: named }] : known
}

function rankOf({ room, title, companion = '' }: ListedRoom, words: string): number {
  // Without a text all match alike, the most recent first.
  if (words === '') return 1
  const names = [room, companion.toLowerCase(), title.toLowerCase()]
  if (names.includes(words)) return 3
  if (names.some((name) => name.startsWith(words))) return 2
  return names.some((name) => name.includes(words)) ? 1 : 0
}
