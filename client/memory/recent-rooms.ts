import { signal } from '@preact/signals'
import { fieldsOf, textOf } from '../unknown.ts'
import { keep, readKept } from './kept.ts'

const MOST = 12

export interface RecentRoom {
  room: string
  /** The name one bears there. */
  username: string
  /** The other person of a private room. */
  companion?: string
}

const rooms = signal(read())
addEventListener('storage', () => {
  rooms.value = read()
})

/** Rooms that were joined in this browser, the latest first. */
export function recentRooms(): readonly RecentRoom[] {
  return rooms.value
}

export function recentRoomOf(name: string): RecentRoom | undefined {
  return rooms.value.find(({ room }) => room === name)
}

export function rememberRoom(visit: RecentRoom) {
  const known = rooms.peek()
  const earlier = known.find(({ room }) => room === visit.room)
  const others = known.filter(({ room }) => room !== visit.room)
  rooms.value = [{ ...earlier, ...visit }, ...others].slice(0, MOST)
  keep('rooms', JSON.stringify(rooms.peek()))
  keep('name', visit.username)
}

/** The name to come in with: the one last borne in this room, else the last one anywhere. */
export function rememberedName(room: string): string | undefined {
  return recentRoomOf(room)?.username ?? readKept('name')
}

function read(): RecentRoom[] {
  try {
    const kept: unknown = JSON.parse(readKept('rooms') ?? '[]')
    return Array.isArray(kept) ? kept.flatMap(readOne) : []
  } catch {
    return []
  }
}

function readOne(value: unknown): RecentRoom[] {
  const fields = fieldsOf(value)
  const [room, username, companion] = [fields?.room, fields?.username, fields?.companion].map(textOf)
  if (room === undefined || username === undefined) return []
  return [companion === undefined ? { room, username } : { room, username, companion }]
}
