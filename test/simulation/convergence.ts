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

/** Dead sockets are found, and backoffs end. */
const HEALING_MS = 100_000
/** Ghosts have been silent for long. */
const HAUNTED_MS = 240_000
/** Nothing more is to be mended: no socket is opened in this time. */
const CALM_MS = 45_000
/** A person who takes another name is in by then. */
const ENTERING_MS = 5_000
const FRESH_NAME = 'Renamed'

/** Everything is well again; after some time everyone has everything, and nobody has to try any more. */
export async function comeToRest(story: Simulation): Promise<void> {
  const { tabs, world, platform, counts } = story
  world.tell?.('all is well again')
  world.loss = 0
  for (const tab of tabs) mend(tab)
  platform.failIn(Number.POSITIVE_INFINITY)
  const isHaunted = platform.present.some(({ line }) => !line.isWell)
  await world.clock.advance(isHaunted ? HAUNTED_MS : HEALING_MS)
  await answer(story)
  await nudge(story)
  await greet(story)
  await waitForOutboxes(story)
  const { sockets } = counts
  await world.clock.advance(CALM_MS)
  holds(
    'calm',
    counts.sockets === sockets,
    () => `${counts.sockets - sockets} sockets are opened in the calm`,
  )
}

/** What must have come of it. */
export async function checkRest(story: Simulation): Promise<void> {
  const { tabs, ledger, storage } = story
  const store = storage.look()
  storage.checkCount(ledger.seq)
  const kept = ledger.suffix(ledger.floor)
  const stored = store.replay(ledger.floor, ledger.seq)
  holds('durable', same(stored, kept), () => `stored is ${difference(stored, kept)}`)
  await checkOutboxes(story)
  for (const tab of tabs) checkTab(story, tab)
}

function mend(tab: SimulatedTab): void {
  tab.open()
  tab.thaw()
  tab.socket?.recover()
  tab.isOnline = true
  tab.session?.setOnline(true)
  tab.session?.setVisible(true)
}

/**
 * A person who was refused a name chooses another. A watcher whom the room did not know, as after it was erased, comes again
 * once the person is in by another tab.
 */
async function answer({ tabs, world }: Simulation): Promise<void> {
  for (const [index, { session }] of tabs.entries()) {
    if (session?.view.status.kind === 'refused') session.rename(`${FRESH_NAME} ${index}`)
  }
  world.clock.stirred = true
  await world.clock.advance(ENTERING_MS)
  for (const tab of tabs) {
    const { status } = tab.session?.view ?? {}
    if (status?.kind !== 'fatal') continue
    const isHonest = tab.isWatching && status.code === 'forbidden'
    holds('stuck', isHonest, () => `${tab.name} is told ${JSON.stringify(status)}`)
    tab.close()
    tab.open()
  }
}

/** The room is woken. Everyone who missed no frame sees the right people, however often it slept. */
async function nudge({ world, tabs, platform }: Simulation): Promise<void> {
  world.clock.stirred = true
  for (const tab of tabs) if (!tab.isWatching) tab.session?.typing()
  await world.clock.advance(5_000)
  for (const tab of tabs) if (tab.socket?.hasMissed === false) checkPeople(platform, tab)
}

/** Somebody joins and leaves, so that everyone who missed the roster gets it again. */
async function greet({ world, guest }: Simulation): Promise<void> {
  world.clock.stirred = true
  guest.open()
  await world.clock.advance(5_000)
  guest.close()
  await world.clock.advance(15_000)
}

/** As long as something goes out now and then, a slow room is given its time. */
async function waitForOutboxes({ persons, world, platform }: Simulation): Promise<void> {
  for (let round = 0; round < 100; round++) {
    const lists = await Promise.all(persons.map(({ outbox }) => outbox.list(platform.room)))
    if (lists.flat().every(({ failed }) => failed)) return
    await world.clock.advance(10_000)
  }
  throw new Error('stuck: something waits in an outbox for ever')
}

async function checkOutboxes({ persons, ledger, platform }: Simulation): Promise<void> {
  for (const { by, outbox, diary } of persons) {
    const waiting = new Set((await outbox.list(platform.room)).map(({ id }) => id))
    checkNothingLost(ledger.log, diary.typed.values(), (typed) => diary.isAccounted(typed, waiting))
    for (const place of new Set([...diary.typed.values()].map(({ tab }) => tab))) {
      checkOrder(ledger.log, by, diary.ids(place))
    }
  }
}

function checkTab({ ledger, platform }: Simulation, tab: SimulatedTab): void {
  const view = tab.session?.view
  if (view === undefined) return
  holds('stuck', view.status.kind === 'live', () => `${tab.name} is ${JSON.stringify(view.status)}`)
  const shown = view.timeline.flatMap((item) => (item.kind === 'message' ? [item.message] : []))
  checkNewest(ledger.messages(), shown, tab.name)
  const atLeast = ledger.page().length
  holds('converged', shown.length >= atLeast, () => `${tab.name} shows ${shown.length} of ${atLeast}`)
  holds(
    'converged',
    view.topic === ledger.topic,
    () => `${tab.name} shows the topic ${JSON.stringify(view.topic)}`,
  )
  checkPeople(platform, tab)
}
