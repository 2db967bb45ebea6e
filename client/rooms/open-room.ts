import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { Invitation, Joined } from '../../src/protocol/server-frames.ts'
import type { Session, SessionView } from '../session/index.ts'
import { type ScrollPosition, saveScrollPosition, takeScrollPosition } from '../storage/scroll-positions.ts'

/** What the list of rooms and notifications need of the room that is open. */
export interface OpenRoom {
  room: string
  title: ReadonlySignal<string>
  session: Pick<Session, 'dismiss'>
  view: ReadonlySignal<SessionView>
  self: ReadonlySignal<Joined | undefined>
  invitations: { received: ReadonlySignal<readonly { invitation: Invitation }[]> }
  follow: { position(): ScrollPosition | undefined }
  /** Goes back to where one was reading. Answers what gives it up, and says where to. */
  comeBack(position: ScrollPosition | undefined): () => ScrollPosition | undefined
  /** Goes to a message. */
  visit(seq: number): void
}

const opened = signal<OpenRoom | undefined>(undefined)

/** The room that is open on this page. */
export const nowOpen: ReadonlySignal<OpenRoom | undefined> = opened

/** Takes a room for the open one, until what it answers is called as it is left. */
export function openRoom(store: OpenRoom): () => void {
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
