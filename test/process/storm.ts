import type { Random } from '../../tools/random.ts'
import type { Person } from './chaos-person.ts'
import type { Direction } from './chaos-proxy.ts'
import type { ChaosWorld } from './chaos-world.ts'
import { STEP_MS } from './paced-clock.ts'

/** The probabilities of typing and of a mishap, for each person and step. */
const TYPING = 0.15
const MISHAP = 0.04
/** The share of the server's frames that is lost. */
const LOSS = 0.04
/** Longer than any time-out of the kit. */
const LONGEST_MS = 25_000

const WAYS: readonly Direction[][] = [['up'], ['down'], ['up', 'down']]
const EMOJI = ['👍', '🎉', '🌊']

/** Everyone types for `ms` while their networks fail at random. Then all networks recover. */
export async function storm(world: ChaosWorld, random: Random, ms: number): Promise<void> {
  const { clock, people } = world
  for (const { proxy } of people) proxy.loses = () => random.next() < LOSS
  for (const end = clock.elapsed + ms; clock.elapsed < end; await clock.pass(STEP_MS)) {
    for (const person of people) {
      if (random.next() < TYPING) await type(person, random)
      if (random.next() < MISHAP) random.pickAny(MISHAPS)?.(person, world, random)
    }
  }
  for (const { proxy, session } of people) {
    proxy.loses = () => false
    proxy.refuses = false
    session.setOnline(true)
    for (const link of proxy.links) link.release()
  }
}

/** Mostly messages; the rest are changes of an existing one. */
function type({ session, shown, by, username, typed }: Person, random: Random): Promise<void> {
  const dice = random.next()
  const mine = random.pickAny(shown.filter((message) => message.by === by && !message.deleted))
  const any = random.pickAny(shown)
  const words = `${username} ${typed.length}`
  if (mine && dice < 0.15) return session.edit(mine.seq, words)
  if (mine && dice < 0.25) return session.remove(mine.seq)
  if (any && dice < 0.4) return session.react(any.seq, random.pickAny(EMOJI) ?? '', random.next() < 0.7)
  if (any && dice < 0.5) return session.send(words, { replyTo: any.seq })
  if (dice < 0.53) return session.setTopic(words)
  if (dice < 0.56) session.typing()
  return session.send(words)
}

type Mishap = (person: Person, world: ChaosWorld, random: Random) => void

const cut: Mishap = ({ proxy }) => proxy.links.at(-1)?.cut()

const stall: Mishap = ({ proxy }, { clock }, random) => {
  const link = proxy.links.at(-1)
  link?.stall(...(random.pickAny(WAYS) ?? []))
  clock.after(random.below(LONGEST_MS), () => link?.release())
}

const leaveHalfOpen: Mishap = ({ proxy }, _, random) =>
  proxy.links.at(-1)?.swallow(...(random.pickAny(WAYS) ?? []))

const turnAway: Mishap = ({ proxy }, { clock }, random) => {
  proxy.refuses = true
  clock.after(random.below(LONGEST_MS), () => {
    proxy.refuses = false
  })
}

const goOffline: Mishap = ({ session }, { clock }, random) => {
  session.setOnline(false)
  clock.after(random.below(LONGEST_MS), () => session.setOnline(true))
}

const comeBack: Mishap = ({ session }) => session.setVisible(true)

/** Mostly stalls, which bring changes late, after they were sent again. */
const MISHAPS = [cut, cut, stall, stall, stall, stall, leaveHalfOpen, turnAway, goOffline, comeBack]
