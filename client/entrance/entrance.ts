import { computed, effect, signal } from '@preact/signals'
import type { ApiProblem, FactsAnswer } from '../net/api.ts'
import { isForgotten, unmarkForgotten } from '../storage/forgotten-rooms.ts'
import { recentRoomOf, rememberedName } from '../storage/recent-rooms.ts'
import { roomTitle } from '../ui/room-title.ts'
import type { JoinedRoom } from './joined-room.tsx'

/** Where the visitor is: outside, on the way in, inside, or before a room that does not open. */
export type Stage =
  | { kind: 'outside' }
  | { kind: 'opening' }
  | { kind: 'inside'; inside: JoinedRoom }
  | { kind: 'closed'; problem: ApiProblem }

/** Why the room refused the name, and perhaps a name like it that is free. */
export interface NameProblem extends ApiProblem {
  suggestion?: string
}

export interface EntranceOptions {
  room: string
  askFacts(): Promise<FactsAnswer>
  /** Redeems the invite link that the visitor came with. Resolves with the reason where the room stays closed. */
  redeem?: (() => Promise<ApiProblem | undefined>) | undefined
  /** Loads the part of the page that shows a room, and opens a session. */
  openInside(username: string): Promise<JoinedRoom>
}

export type Entrance = ReturnType<typeof createEntrance>

/** The way into a room: visitors with a remembered name join at once, others choose a name first. */
export function createEntrance({ room, askFacts, redeem, openInside }: EntranceOptions) {
  const remembered = rememberedName(room)
  const isKnown = recentRoomOf(room) !== undefined
  /** A visitor with a name sees the room at once, before it is connected. */
  const joinsAtOnce = remembered !== undefined && (isKnown || !isForgotten(room))
  const inside = signal<JoinedRoom | undefined>(undefined)
  const facts = signal<FactsAnswer>(undefined)
  const failed = signal<ApiProblem | undefined>(undefined)
  const username = signal(remembered ?? '')
  const hasEntered = signal(false)
  const isJoining = signal(joinsAtOnce)
  /** While the link is redeemed, nothing else is requested. */
  const redeeming = signal(redeem !== undefined)
  let isDisposed = false

  const status = computed(() => inside.value?.store.view.value.status)
  const nameProblem = computed<NameProblem | undefined>(() =>
    status.value?.kind === 'refused' ? status.value : undefined,
  )
  const stage = computed<Stage>(() => {
    if (failed.value) return { kind: 'closed', problem: failed.value }
    if (redeeming.value) return { kind: 'opening' }
    if (status.value?.kind === 'fatal') return { kind: 'closed', problem: status.value }
    if (status.value?.kind === 'refused') return { kind: 'outside' }
    if (inside.value && (isJoining.value || inside.value.store.self.joined.value)) {
      return { kind: 'inside', inside: inside.value }
    }
    if (isJoining.value) return { kind: 'opening' }
    if (facts.value?.kind === 'problem') return { kind: 'closed', problem: facts.value.problem }
    return { kind: 'outside' }
  })

  function enter(name: string) {
    username.value = name
    if (inside.peek()) return inside.peek()?.store.session.rename(name)
    if (hasEntered.peek()) return
    hasEntered.value = true
    unmarkForgotten(room)
    openInside(name).then(
      (opened) => {
        if (isDisposed) opened.store.dispose()
        else inside.value = opened
      },
      () => {
        failed.value = { code: 'unreachable', message: '' }
      },
    )
  }

  function proceed(problem?: ApiProblem) {
    if (isDisposed) return
    failed.value = problem
    redeeming.value = false
    if (problem === undefined && joinsAtOnce) enter(remembered)
  }

  if (redeem === undefined) proceed()
  else redeem().then(proceed)

  let factsAsked = false
  const stopAsking = effect(() => {
    if (nameProblem.value) isJoining.value = false
    if (stage.value.kind !== 'outside' || factsAsked) return
    factsAsked = true
    askFacts().then((answer) => {
      facts.value = answer
    })
  })

  return {
    stage,
    facts,
    username,
    nameProblem,
    title: computed(() => {
      const known = recentRoomOf(room)
      const titleNow = facts.value?.kind === 'facts' ? facts.value.facts.title : undefined
      return roomTitle(room, known?.companion, titleNow ?? known?.title)
    }),
    /** Whether this browser has joined the room before. */
    isKnown,
    /** The name was sent, and the answer is not here yet. */
    entering: computed(() => hasEntered.value && stage.value.kind === 'outside' && !nameProblem.value),
    /** The state of a connection that keeps the visitor waiting. */
    waiting: computed(() => inside.value?.store.connection.word.value),
    enter,
    dispose() {
      isDisposed = true
      stopAsking()
      inside.peek()?.store.dispose()
    },
  }
}
