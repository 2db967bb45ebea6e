import { parseRoomAddress } from '../../src/protocol/room-address.ts'
import type { ListedRoom } from './room-list.ts'

/** A destination in the switcher. `fragment` is what followed the `#` of a pasted link. */
export type SwitcherOption = { room: string; fragment: string } & (
  | { kind: 'known'; listed: ListedRoom }
  | { kind: 'new' }
)

/** The person's other rooms that match the text, best match first, then the room of that name or link. */
export function switcherOptionsOf(
  rooms: readonly ListedRoom[],
  typed: string,
  host?: string,
): SwitcherOption[] {
  const named = parseRoomAddress(typed, host)
  const words = named?.room ?? typed.trim().toLowerCase()
  const known = rooms
    .map((listed) => ({ listed, rank: rankOf(listed, words) }))
    .filter(({ listed, rank }) => rank > 0 && !listed.isOpen)
    .sort((one, other) => other.rank - one.rank)
    .map(({ listed }): SwitcherOption => {
      const { room } = listed
      return { kind: 'known', room, fragment: (room === named?.room && named.fragment) || '', listed }
    })
  const isNew = named && rooms.every(({ room }) => room !== named.room)
  return isNew ? [...known, { kind: 'new', ...named }] : known
}

function rankOf({ room, title, companion = '' }: ListedRoom, words: string): number {
  // Without a text all match alike, the most recent first.
  if (words === '') return 1
  const names = [room, companion.toLowerCase(), title.toLowerCase()]
  if (names.includes(words)) return 3
  if (names.some((name) => name.startsWith(words))) return 2
  return names.some((name) => name.includes(words)) ? 1 : 0
}
