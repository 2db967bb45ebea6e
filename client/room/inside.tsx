import type { ComponentType } from 'preact'
import { announce } from '../parts/announcer.tsx'
import { go } from '../router.ts'
import { browserClock, openBrowserSession } from './browser-session.ts'
import { createRoomStore, type RoomStore } from './room-store.ts'
import { RoomView } from './room-view.tsx'

/** What comes after the door. It is loaded while one still stands before it. */
export interface Inside {
  store: RoomStore
  View: ComponentType<{ store: RoomStore }>
}

export function openInside(room: string, username: string): Inside {
  const ended = new AbortController()
  const session = openBrowserSession(room, username, ended.signal)
  const store = createRoomStore({ room, username, session, announce, go, clock: browserClock })
  const dispose = () => {
    store.dispose()
    ended.abort()
  }
  return { store: { ...store, dispose }, View: RoomView }
}
