import { holds, same } from '../../tools/delivery/invariants.ts'
import type { Platform } from './platform.ts'
import type { SimulatedTab } from './simulated-tab.ts'
import type { Simulation } from './simulation.ts'

/** The grace of those who leave, what is gathered, and the way of a frame, with some to spare. */
const CHANGE_TOLD_MS = 7_000
/** What a room that was woken takes to tell who is here. */
const WAKING_TOLD_MS = 2_500

/** Who is here is the same for everyone, some time after it last changed; a room that slept sends it again. */
export function checkPresence({ platform, tabs, world }: Simulation): void {
  const { changedAt, turnAt, hasGhosts } = platform
  const { now } = world.clock
  if (hasGhosts || turnAt < changedAt + CHANGE_TOLD_MS || now < turnAt + WAKING_TOLD_MS) return
  for (const tab of tabs) {
    const { socket: line } = tab
    if (line?.isWell && !line.hasMissed && !line.isDelayed && !tab.isFrozen) checkPeople(platform, tab)
  }
}

/** Someone sees those who are here, and nobody else. */
export function checkPeople(platform: Platform, { name, session, isWatching }: SimulatedTab): void {
  if (session?.view.status.kind !== 'live' || isWatching) return
  const here = [...new Set(platform.present.map(({ username }) => username))].sort()
  const seen = session.view.people.map(({ username }) => username).sort()
  holds('present', same(seen, here), () => `${name} sees ${seen} where ${here} are`)
}
