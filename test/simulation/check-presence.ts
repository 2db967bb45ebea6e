import { holds, same } from '../../tools/delivery/invariants.ts'
import type { Platform } from './platform.ts'
import type { SimulatedTab } from './simulated-tab.ts'
import type { Simulation } from './simulation.ts'

/** The grace period for leaving, the batching of presence events and the latency, with a margin. */
const CHANGE_TOLD_MS = 7_000
/** How long a woken room takes to send the roster. */
const WAKING_TOLD_MS = 2_500

/** Some time after the roster last changed, everyone sees the same. A room that slept sends it again. */
export function checkPresence({ platform, tabs, world }: Simulation): void {
  const { changedAt, turnAt, hasStaleSockets } = platform
  const { now } = world.clock
  if (hasStaleSockets || turnAt < changedAt + CHANGE_TOLD_MS || now < turnAt + WAKING_TOLD_MS) return
  for (const tab of tabs) {
    const { socket: line } = tab
    if (line?.isWell && !line.hasMissed && !line.isDelayed && !tab.isFrozen) checkPeople(platform, tab)
  }
}

/** A tab shows exactly the people who are present. */
export function checkPeople(platform: Platform, { name, session, isWatching }: SimulatedTab): void {
  if (session?.view.status.kind !== 'live' || isWatching) return
  const { present } = platform
  const here = [...new Set(present.map(({ username }) => username))].sort()
  // Who joins under another name while nothing can be written has two: that is told once it can be.
  if (here.length > new Set(present.map(({ line }) => line.by)).size) return
  const seen = session.view.people.map(({ username }) => username).sort()
  holds('present', same(seen, here), () => `${name} sees ${seen}, but ${here} are present`)
}
