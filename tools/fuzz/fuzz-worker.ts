import { setTimeout as sleep } from 'node:timers/promises'
import { newCookie } from '../cookie.ts'
import { Random } from '../random.ts'
import { residentBytes } from '../resident-bytes.ts'
import { RAISED_RATES, startWorkerd } from '../workerd.mjs'
import { FuzzAttacker } from './fuzz-attacker.ts'
import type { Known } from './grammar.ts'
import { HonestPerson } from './honest-person.ts'
import { Broken, parseChecked } from './judge.ts'

type Bundle = Parameters<typeof startWorkerd>[0]

const ATTACKERS = 6
const PEOPLE = ['Ann', 'Ben', 'Cleo']
/** How many frames a room gets before the next room. */
const ROOM_FRAMES = 5_000
/** Ends only a run that hangs. */
const PATIENCE_MS = 60_000
/** Allowance for workerd's own heap, caches and databases. A leak of attackers' frames would be larger. */
const MEMORY_MAY_GROW_MIB = 256
const MIB = 1024 * 1024

export interface WorkerFuzzed {
  frames: number
  rooms: number
  closes: number
  spoken: number
  memoryGrewMib: number
  broken: string[]
}

/** Sends `frames` frames to rooms of the built Worker in workerd, over real sockets. */
export async function fuzzWorker(
  bundle: Bundle,
  { seed, frames, rooms: folder }: { seed: number; frames: number; rooms: string },
): Promise<WorkerFuzzed> {
  const random = new Random(seed)
  const fuzzed: WorkerFuzzed = { frames: 0, rooms: 0, closes: 0, spoken: 0, memoryGrewMib: 0, broken: [] }
  const server = await startWorkerd(bundle, {
    rooms: folder,
    vars: RAISED_RATES,
  })
  let ended = false
  server.ended.then(() => {
    ended = true
  })
  let before = 0
  try {
    while (fuzzed.frames < frames && fuzzed.broken.length === 0 && !ended) {
      const most = Math.min(ROOM_FRAMES, frames - fuzzed.frames)
      await fuzzRoom(server.url, `fuzz-${seed}-${fuzzed.rooms}`, most, random, fuzzed)
      fuzzed.rooms += 1
      if (!ended) before ||= residentBytes(server.pid)
    }
    if (ended) fuzzed.broken.push(`workerd ended: ${server.output()}`)
    fuzzed.memoryGrewMib = ended ? 0 : Math.round((residentBytes(server.pid) - before) / MIB)
    if (fuzzed.memoryGrewMib > MEMORY_MAY_GROW_MIB)
      fuzzed.broken.push(`bounds: workerd grew by ${fuzzed.memoryGrewMib} MiB`)
    // workerd writes here only what no code caught: expected errors go to the client.
    const faults = server
      .output()
      .split('\n')
      .filter((line) => /uncaught|exception|frame failed|Error:/i.test(line))
    if (faults.length > 0) fuzzed.broken.push(`fault: ${faults.slice(0, 5).join('\n')}`)
  } finally {
    await server.kill()
  }
  return fuzzed
}

async function fuzzRoom(
  url: string,
  room: string,
  most: number,
  random: Random,
  fuzzed: WorkerFuzzed,
): Promise<void> {
  const address = `${url.replace('http', 'ws')}/api/rooms/${room}/ws`
  const known: Known = { room, epochs: ['none'], ids: [], names: [...PEOPLE, 'Mal', 'admin'], seq: 0 }
  const broken = (message: string): void => void fuzzed.broken.push(`${room}: ${message}`)
  const friends = new Set<string>()
  const people: HonestPerson<WebSocket>[] = []
  for (const username of PEOPLE) {
    const honest = enter(address, { username, room, friends }, broken)
    people.push(honest)
    await until(() => honest.hasJoined, `${username} has joined`)
  }
  const attackers = Array.from({ length: ATTACKERS }, () => new FuzzAttacker(address, known, broken))
  let sent = 0
  while (sent < most && fuzzed.broken.length === 0) {
    await Promise.all(attackers.map((attacker) => attacker.send(random, most - sent)))
    sent = attackers.reduce((sum, attacker) => sum + attacker.sent, 0)
    for (const honest of people) honest.connection.send(honest.speak())
    fuzzed.spoken += people.length
    // Their answers come after those of all earlier frames, so the next batch waits for them.
    await until(
      () => fuzzed.broken.length > 0 || people.every(({ isAnswered }) => isAnswered),
      `all are answered in ${room}, after ${attackers
        .flatMap(({ last }) => last)
        .join(' ')
        .slice(0, 4_000)}`,
    )
  }
  await until(
    () => fuzzed.broken.length > 0 || new Set(people.map(({ log }) => log.length)).size === 1,
    'everyone has received everything',
  )
  const logs = new Set(people.map(({ log }) => log.join('\n')))
  if (logs.size > 1) broken('honest: their logs differ')
  for (const attacker of attackers) {
    attacker.close()
    fuzzed.closes += attacker.closes
  }
  for (const { connection } of people) {
    connection.onclose = null
    connection.close()
  }
  fuzzed.frames += sent
}

function enter(
  address: string,
  who: { username: string; room: string; friends: Set<string> },
  broken: (message: string) => void,
): HonestPerson<WebSocket> {
  const init = { headers: { cookie: newCookie() } } as unknown as string[]
  const socket = new WebSocket(address, init)
  const honest = new HonestPerson(who, socket)
  socket.onopen = () => socket.send(honest.join())
  socket.onclose = ({ code }) => broken(`honest: ${who.username} was closed with ${code}`)
  socket.onmessage = ({ data }) => {
    try {
      for (const event of parseChecked(String(data))) {
        const answer = honest.receive(event)
        if (answer !== undefined) socket.send(answer)
      }
    } catch (fault) {
      if (!(fault instanceof Broken)) throw fault
      broken(fault.message)
    }
  }
  return honest
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  while (!holds()) {
    if (performance.now() > end) throw new Error(`It never came to pass that ${what}`)
    await sleep(2)
  }
}
