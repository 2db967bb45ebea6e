import { computed, effect, signal } from '@preact/signals'
import type { FactsAnswer, Problem } from '../api.ts'
import { rememberedName } from '../memory/recent-rooms.ts'
import type { Session, SessionView } from '../session/types.ts'

/** Where one stands: before the door, inside, or at a door that will not open. */
export type Stage = { kind: 'outside' } | { kind: 'inside' } | { kind: 'closed'; problem: Problem }

export interface EntranceOptions {
  room: string
  openSession(username: string, until: AbortSignal): Session
  askFacts(): Promise<FactsAnswer>
  until: AbortSignal
}

export type Entrance = ReturnType<typeof createEntrance>

/** The way in: who is known walks through, who is not says a name first. */
export function createEntrance({ room, openSession, askFacts, until }: EntranceOptions) {
  const remembered = rememberedName(room)
  const session = signal<Session | undefined>(undefined)
  const view = signal<SessionView | undefined>(undefined)
  const facts = signal<FactsAnswer>(undefined)
  const username = signal(remembered ?? '')
  /** Someone known here sees the room at once, also before the connection is there. */
  const walksIn = signal(remembered !== undefined)

  const nameProblem = computed<Problem | undefined>(() => {
    const status = view.value?.status
    return status?.kind === 'refused' ? status : undefined
  })
  const stage = computed<Stage>(() => {
    const status = view.value?.status
    if (status?.kind === 'fatal') return { kind: 'closed', problem: status }
    if (status?.kind === 'refused') return { kind: 'outside' }
    if (view.value?.self || (session.value && walksIn.value)) return { kind: 'inside' }
    return facts.value?.kind === 'problem'
      ? { kind: 'closed', problem: facts.value.problem }
      : { kind: 'outside' }
  })
  const entering = computed(
    () => session.value !== undefined && stage.value.kind === 'outside' && !nameProblem.value,
  )

  function enter(name: string) {
    username.value = name
    const opened = session.peek()
    if (opened) return opened.rename(name)
    const fresh = openSession(name, until)
    fresh.subscribe(() => {
      view.value = fresh.view
    })
    view.value = fresh.view
    session.value = fresh
  }

  if (remembered !== undefined) enter(remembered)

  let factsAsked = false
  const dispose = effect(() => {
    if (nameProblem.value) walksIn.value = false
    if (stage.value.kind !== 'outside' || factsAsked) return
    factsAsked = true
    askFacts().then((answer) => {
      facts.value = answer
    })
  })
  until.addEventListener('abort', dispose)

  return { session, view, facts, username, stage, nameProblem, entering, enter }
}
