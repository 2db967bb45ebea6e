import { setTimeout as sleep } from 'node:timers/promises'
import type { Person, Target } from '../load-person.ts'
import { cpuSeconds, residentBytes } from '../meter.ts'
import { seat } from '../seats.ts'
import type { Figures } from '../window.ts'

export interface Idle {
  kind: 'idle'
  people: number
  /** Long enough for the room to fall asleep. */
  settleSeconds: number
  seconds: number
}

/** The page's interval. */
const HEARTBEAT_MS = 20_000
const ANSWER_WAIT_MS = 5_000

/** The messages before everyone falls silent. */
const MESSAGES = 100
const MESSAGE_EVERY_MS = 40

/** Measures the memory and CPU of silent people who send heartbeats, and whether the room sleeps. */
export async function idle(target: Target, load: Idle): Promise<Figures> {
  const { pid } = target
  // The first person loads what a room needs once, whatever its size.
  const [witness] = await seat(target, { people: 1 })
  await sleep(1000)
  const before = residentBytes(pid)
  const people = await seat(target, { people: load.people, first: 1 })
  await sleep(1000)
  await talk(witness)
  const awake = residentBytes(pid)
  const stop = keepHeartbeats(people, target.dialect.heartbeat)
  await sleep(load.settleSeconds * 1000)
  const cpuBefore = cpuSeconds(pid)
  await sleep(load.seconds * 1000)
  const cpuShare = (cpuSeconds(pid) - cpuBefore) / load.seconds
  const asleep = residentBytes(pid)
  stop()
  const slept = witness && (await hasSlept(witness, target))
  return {
    bytesPerConnection: (asleep - before) / load.people,
    bytesPerConnectionAtFirst: (awake - before) / load.people,
    residentBytes: asleep,
    idleShare: cpuShare,
    ...(slept === undefined ? {} : { slept: slept ? 1 : 0 }),
  }
}

/** A connection that has received only its join's reply uses less memory than any real one. */
async function talk(speaker: Person | undefined): Promise<void> {
  if (speaker === undefined) return
  speaker.onAcked = () => {}
  for (let sent = 0; sent < MESSAGES; sent++) {
    speaker.say(1)
    await sleep(MESSAGE_EVERY_MS)
  }
}

/** Heartbeats are spread over their interval, as for people who join at different times. */
function keepHeartbeats(people: readonly Person[], heartbeat: string | undefined): () => void {
  if (heartbeat === undefined) return () => {}
  let turn = 0
  const timer = setInterval(
    () => people[turn++ % people.length]?.send(heartbeat),
    HEARTBEAT_MS / people.length,
  )
  return () => clearInterval(timer)
}

/** Undefined if a server does not say. */
async function hasSlept(witness: Person, { dialect }: Target): Promise<boolean | undefined> {
  if (dialect.askSlept === undefined) return undefined
  const rosters = witness.rosters
  witness.send(dialect.askSlept(witness.seat))
  const until = performance.now() + ANSWER_WAIT_MS
  while (performance.now() < until) {
    if (witness.made !== undefined) return witness.made > 1
    if (witness.rosters > rosters) return true
    await sleep(20)
  }
  return false
}
