import { computed, effect, signal } from '@preact/signals'
import type { ApiProblem, FactsAnswer } from '../net/api.ts'
import { isForgotten, unmarkForgotten } from '../storage/forgotten-rooms.ts'
import { recentRoomOf, rememberedName } from '../storage/recent-rooms.ts'
import { roomTitle } from '../ui/room-title.ts'
import type { JoinedRoom } from './joined-room.tsx'

/** Where one stands: before the door, on the way through, inside, or at a door that will not open. */
export type Stage =
  | { kind: 'outside' }
  | { kind: 'opening' }
  | { kind: 'inside'; inside: JoinedRoom }
  | { kind: 'closed'; problem: ApiProblem }

export interface EntranceOptions {
  room: string
  askFacts(): Promise<FactsAnswer>
  /** Shows the link one came with, if it is one that lets people in; answers why the door stays shut all the same. */
  redeem?: (() => Promise<ApiProblem | undefined>) | undefined
  /** Fetches what is needed inside and opens a session; the part of the page that comes after the door. */
  openInside(username: string): Promise<JoinedRoom>
}

export type Entrance = ReturnType<typeof createEntrance>

/** The way in: who is known walks through, who is not says a name first. */
export function createEntrance({ room, askFacts, redeem, openInside }: EntranceOptions) {
  const remembered = rememberedName(room)
  const isKnown = recentRoomOf(room) !== undefined
  /** Someone who has a name here sees the room at once, also before the connection is there. */
  const walksStraightIn = remembered !== undefined && (isKnown || !isForgotten(room))
  const inside = signal<JoinedRoom | undefined>(undefined)
  const facts = signal<FactsAnswer>(undefined)
  const failed = signal<ApiProblem | undefined>(undefined)
  const username = signal(remembered ?? '')
  const asked = signal(false)
  const walksIn = signal(walksStraightIn)
  /** The link is being shown, and nothing else is asked yet. */
  const redeeming = signal(redeem !== undefined)
  let left = false

  const status = computed(() => inside.value?.store.view.value.status)
  const nameProblem = computed<ApiProblem | undefined>(() =>
    status.value?.kind === 'refused' ? status.value : undefined,
  )
  const stage = computed<Stage>(() => {
    if (failed.value) return { kind: 'closed', problem: failed.value }
    if (redeeming.value) return { kind: 'opening' }
    if (status.value?.kind === 'fatal') return { kind: 'closed', problem: status.value }
    if (status.value?.kind === 'refused') return { kind: 'outside' }
    if (inside.value && (walksIn.value || inside.value.store.self.value)) {
      return { kind: 'inside', inside: inside.value }
    }
    if (walksIn.value) return { kind: 'opening' }
    if (facts.value?.kind === 'problem') return { kind: 'closed', problem: facts.value.problem }
    return { kind: 'outside' }
  })

  function enter(name: string) {
    username.value = name
    if (inside.peek()) return inside.peek()?.store.session.rename(name)
    if (asked.peek()) return
    asked.value = true
    unmarkForgotten(room)
    openInside(name).then(
      (opened) => {
        if (left) opened.store.dispose()
        else inside.value = opened
      },
      () => {
        failed.value = { code: 'unreachable', message: '' }
      },
    )
  }

  function goOn(problem?: ApiProblem) {
    if (left) return
    failed.value = problem
    redeeming.value = false
    if (problem === undefined && walksStraightIn) enter(remembered)
  }

  if (redeem === undefined) goOn()
  else redeem().then(goOn)

  let factsAsked = false
  const stopAsking = effect(() => {
    if (nameProblem.value) walksIn.value = false
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
      const told = facts.value?.kind === 'facts' ? facts.value.facts.title : undefined
      return roomTitle(room, known?.companion, told ?? known?.title)
    }),
    /** Whether one has been here before, in this browser. */
    isKnown,
    /** A name was said and the answer is not there yet. */
    entering: computed(() => asked.value && stage.value.kind === 'outside' && !nameProblem.value),
    /** What there is to say of a connection that keeps one waiting. */
    waiting: computed(() => inside.value?.store.connection.word.value),
    enter,
    dispose() {
      left = true
      stopAsking()
      inside.peek()?.store.dispose()
    },
  }
}
