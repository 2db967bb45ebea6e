import { fieldsOf, textOf } from '../lib/parse-unknown.ts'
import { readLocal, storedSignal, writeLocal } from './local-storage.ts'

const KEY = 'rooms'

export interface RecentRoom {
  room: string
  /** The person's name there. */
  username: string
  /** The other person of a private room. */
  companion?: string
  /** The room's title, if it has one. */
  title?: string
}

const rooms = storedSignal([KEY], read)

/** The rooms joined in this browser, most recent first. None is forgotten by itself: an owner may have no other link. */
export function recentRooms(): readonly RecentRoom[] {
  return rooms().value
}

export function recentRoomOf(name: string): RecentRoom | undefined {
  return rooms().value.find(({ room }) => room === name)
}

export function rememberRoom(visit: RecentRoom) {
  const known = rooms().peek()
  const earlier = known.find(({ room }) => room === visit.room)
  const others = known.filter(({ room }) => room !== visit.room)
  rooms().value = [{ ...earlier, ...visit }, ...others]
  writeLocal(KEY, JSON.stringify(rooms().peek()))
  writeLocal('name', visit.username)
}

export function forgetRecentRoom(name: string) {
  rooms().value = rooms()
    .peek()
    .filter(({ room }) => room !== name)
  writeLocal(KEY, rooms().peek().length === 0 ? '' : JSON.stringify(rooms().peek()))
}

/** The name to offer on joining: the last one in this room, else the last one anywhere. */
export function rememberedName(room: string): string | undefined {
  return recentRoomOf(room)?.username ?? readLocal('name')
}

/** The name to offer in rooms that do not know the person yet. */
export function usualName(): string {
  return readLocal('name') ?? ''
}

export function saveUsualName(name: string): void {
  writeLocal('name', name)
}

function read(): RecentRoom[] {
  try {
    const kept: unknown = JSON.parse(readLocal(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.flatMap(readOne) : []
  } catch {
    return []
  }
}

function readOne(value: unknown): RecentRoom[] {
  const fields = fieldsOf(value)
  const names = [fields?.room, fields?.username, fields?.companion, fields?.title]
  const [room, username, companion, title] = names.map(textOf)
  if (room === undefined || username === undefined) return []
  const visit = title ? { room, username, title } : { room, username }
  return [companion === undefined ? visit : { ...visit, companion }]
}
