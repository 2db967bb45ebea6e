import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { RoomStore } from './room-store.ts'

export const RoomContext = createContext<RoomStore | undefined>(undefined)

/** The room this component is drawn in. */
export function useRoom(): RoomStore {
  const store = useContext(RoomContext)
  if (!store) throw new Error('Drawn outside a room')
  return store
}
