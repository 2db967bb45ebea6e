import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { RoomStore } from '../room/room-store.ts'
import { saveScrollPosition, takeScrollPosition } from '../storage/scroll-positions.ts'

type Open = Pick<
  RoomStore,
  'room' | 'title' | 'session' | 'view' | 'self' | 'follow' | 'invitations' | 'comeBack' | 'visit'
>

const opened = signal<Open | undefined>(undefined)

/** The room that is open on this page. */
export const nowOpen: ReadonlySignal<Open | undefined> = opened

/** Takes a room for the open one, until what it answers is called as it is left. */
export function openRoom(store: Open): () => void {
  opened.value = store
  const stop = store.comeBack(takeScrollPosition(store.room))
  const keep = () => {
    const pending = stop()
    saveScrollPosition(store.room, store.follow.position() ?? pending)
  }
  // A browser may end what is hidden without a word.
  const keepHidden = () => document.hidden && saveScrollPosition(store.room, store.follow.position())
  addEventListener('pagehide', keep)
  document.addEventListener('visibilitychange', keepHidden)
  return () => {
    removeEventListener('pagehide', keep)
    document.removeEventListener('visibilitychange', keepHidden)
    keep()
    if (opened.peek() === store) opened.value = undefined
  }
}

/** Resolves once this room is open no more. */
export function whenLeft(room: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (opened.value?.room === room) return
      resolve()
      queueMicrotask(() => untracked(() => stop()))
    })
  })
}
