import {
  checkNewest,
  checkNothingLost,
  checkOrder,
  difference,
  holds,
  same,
} from '../../tools/delivery/invariants.ts'
import { checkPeople } from './check-presence.ts'
import type { SimulatedTab } from './simulated-tab.ts'
import type { Simulation } from './simulation.ts'

/** Long enough to find dead sockets and to end every backoff. */
const HEALING_MS = 100_000
/** Long enough for the room to close stale connections. */
const STALE_MS = 240_000
/** After recovery, no tab opens a socket for this long. */
const CALM_MS = 45_000
/** Long enough to join under another name. */
const ENTERING_MS = 5_000
const FRESH_NAME = 'Renamed'

/** Ends all faults and waits until every tab has caught up and no tab reconnects. */
export async function converge(simulation: Simulation): Promise<void> {
  const { tabs, world, platform, counts, storage, persons } = simulation
  world.trace?.('all faults end')
  world.loss = 0
  for (const tab of tabs) restoreTab(tab)
  platform.failIn(Number.POSITIVE_INFINITY)
  storage.isRefusing = false
  for (const person of persons) person.failing = undefined
  platform.setSlow(0)
  const hasStaleSockets = platform.present.some(({ line }) => !line.isWell)
  await world.clock.advance(hasStaleSockets ? STALE_MS : HEALING_MS)
  await answerRefusals(simulation)
  await wakeRoom(simulation)
  await resendRoster(simulation)
  await waitForOutboxes(simulation)
  const { sockets } = counts
  await world.clock.advance(CALM_MS)
  holds(
    'calm',
    counts.sockets === sockets,
    () => `${counts.sockets - sockets} sockets were opened after recovery`,
  )
}

/** Checks storage, outboxes and what each tab shows. */
export async function checkConvergence(simulation: Simulation): Promise<void> {
  const { tabs, reference, storage } = simulation
  const store = storage.look()
  storage.checkCount(reference.seq)
  const kept = reference.suffix(reference.floor)
  const stored = store.replay(reference.floor, reference.seq)
  holds('durable', same(stored, kept), () => `stored is ${difference(stored, kept)}`)
  await checkOutboxes(simulation)
  for (const tab of tabs) checkTab(simulation, tab)
}

function restoreTab(tab: SimulatedTab): void {
  tab.open()
  tab.thaw()
  tab.socket?.recover()
  tab.isOnline = true
  tab.session?.setOnline(true)
  tab.session?.setVisible(true)
}

/**
 * A person whose name was refused chooses another. A watching tab that the room refused, as after an erasure, opens again
 * once another tab of the person has joined.
 */
async function answerRefusals({ tabs, world }: Simulation): Promise<void> {
  for (const [index, { session }] of tabs.entries()) {
    if (session?.view.status.kind === 'refused') session.rename(`${FRESH_NAME} ${index}`)
  }
  world.clock.stirred = true
  await world.clock.advance(ENTERING_MS)
  for (const tab of tabs) {
    const { status } = tab.session?.view ?? {}
    if (status?.kind !== 'fatal') continue
    const isExpected = tab.isWatching && status.code === 'forbidden'
    holds('stuck', isExpected, () => `${tab.name} is refused: ${JSON.stringify(status)}`)
    tab.close()
    tab.open()
  }
}

/** Wakes the room. Every tab that missed no frame then shows the right people, even if the room slept. */
async function wakeRoom({ world, tabs, platform }: Simulation): Promise<void> {
  world.clock.stirred = true
  for (const tab of tabs) if (!tab.isWatching) tab.session?.typing()
  await world.clock.advance(5_000)
  for (const tab of tabs) if (tab.socket?.hasMissed === false) checkPeople(platform, tab)
}

/** A guest joins and leaves, so that the room sends the roster again. */
async function resendRoster({ world, guest }: Simulation): Promise<void> {
  world.clock.stirred = true
  guest.open()
  await world.clock.advance(5_000)
  guest.close()
  await world.clock.advance(15_000)
}

/** Waits until all outboxes are empty or failed: a room with a low rate limit takes long. */
async function waitForOutboxes({ persons, world, platform }: Simulation): Promise<void> {
  for (let round = 0; round < 100; round++) {
    const lists = await Promise.all(persons.map(({ outbox }) => outbox.list(platform.room)))
    if (lists.flat().every(({ failed }) => failed)) return
    await world.clock.advance(10_000)
  }
  throw new Error('stuck: an outbox never empties')
}

async function checkOutboxes({ persons, reference, platform }: Simulation): Promise<void> {
  for (const { by, outbox, sendRecord } of persons) {
    const waiting = new Set((await outbox.list(platform.room)).map(({ id }) => id))
    checkNothingLost(reference.log, sendRecord.typed.values(), (typed) =>
      sendRecord.isAccounted(typed, waiting),
    )
    for (const place of new Set([...sendRecord.typed.values()].map(({ tab }) => tab))) {
      checkOrder(reference.log, by, sendRecord.ids(place))
    }
  }
}

function checkTab({ reference, platform }: Simulation, tab: SimulatedTab): void {
  const view = tab.session?.view
  if (view === undefined) return
  holds('stuck', view.status.kind === 'live', () => `${tab.name} is ${JSON.stringify(view.status)}`)
  const shown = view.timeline.flatMap((item) => (item.kind === 'message' ? [item.message] : []))
  checkNewest(reference.messages(), shown, tab.name)
  const atLeast = reference.page().length
  holds('converged', shown.length >= atLeast, () => `${tab.name} shows ${shown.length} of ${atLeast}`)
  holds(
    'converged',
    view.topic === reference.topic,
    () => `${tab.name} shows the topic ${JSON.stringify(view.topic)}`,
  )
  checkPeople(platform, tab)
}
