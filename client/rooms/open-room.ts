import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { Invitation, Joined } from '../../src/protocol/server-frames.ts'
import type { Session, SessionView } from '../session/index.ts'
import { type ScrollPosition, saveScrollPosition, takeScrollPosition } from '../storage/scroll-positions.ts'

/** What the list of rooms and notifications need of the open room. */
export interface OpenRoom {
  room: string
  title: ReadonlySignal<string>
  session: Pick<Session, 'dismiss'>
  view: ReadonlySignal<SessionView>
  self: ReadonlySignal<Joined | undefined>
  invitations: { received: ReadonlySignal<readonly { invitation: Invitation }[]> }
  follow: { position(): ScrollPosition | undefined }
  /** Returns to the earlier scroll position. The answer cancels it, and says what it would have been. */
  comeBack(position: ScrollPosition | undefined): () => ScrollPosition | undefined
  /** Goes to a message. */
  visit(seq: number): void
}

const opened = signal<OpenRoom | undefined>(undefined)

/** The open room of this page. */
export const nowOpen: ReadonlySignal<OpenRoom | undefined> = opened

/** Makes a room the open one. Call the answer when it is left. */
export function openRoom(store: OpenRoom): () => void {
  opened.value = store
  const stop = store.comeBack(takeScrollPosition(store.room))
  const keep = () => {
    const pending = stop()
    saveScrollPosition(store.room, store.follow.position() ?? pending)
  }
  // A browser may end a hidden page without notice.
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

/** Resolves once this room is no longer open. */
export function whenLeft(room: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (opened.value?.room === room) return
      resolve()
      queueMicrotask(() => untracked(() => stop()))
    })
  })
}
