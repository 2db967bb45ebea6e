import { lookOf, withoutOverlooked } from './confusable-names.ts'
import { prototypeOf, skeletonOf } from './skeleton.ts'

/** Names that stand for the room itself, its moderators or everyone in it, or that the page uses for a person without a name. */
const RESERVED = [
  ...['everyone', 'everybody', 'all', 'here', 'channel', 'room', 'hallway', 'system', 'support'],
  ...['admin', 'admins', 'administrator', 'mod', 'mods', 'moderator', 'moderators', 'owner', 'operator'],
  ...['staff', 'root', 'deleted', 'unknown', 'undefined', 'someone', 'jemand', 'شخص ما'],
]
/** Signs and digits that stand for letters in disguises. The table of confusable characters has 0 and 1. */
const DISGUISES = new Map(Object.entries({ 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' }))

/** Made when a name is first compared. */
let reserved: { looks: readonly string[][]; written: ReadonlySet<string> } | undefined

/** Whether a person would read this name as a reserved word. People who already have such a name keep it. */
export function isReserved(username: string): boolean {
  reserved ??= {
    looks: RESERVED.map((word) => [...lookOf(word)]),
    written: new Set(
      RESERVED.flatMap((word) => [word, withCapital(word), word.toUpperCase()].map(asWritten)),
    ),
  }
  const letters = [...lookOf(undisguised(username))]
  return reserved.written.has(asWritten(username)) || reserved.looks.some((look) => readsAs(letters, look))
}

function withCapital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** As it is drawn, in its own case: AlI and AII look like All, but ALI does not look like ALL. */
function asWritten(name: string): string {
  return withoutOverlooked(skeletonOf(name))
}

/** A capital I is an i, though it looks like an l: "ALI" is a name, not "ALL". */
function undisguised(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Lu}/gu, (capital) => (prototypeOf(capital) === 'l' ? 'i' : capital))
    .replace(/[3457@$!]/g, (sign) => DISGUISES.get(sign) ?? sign)
}

/** For an i there may also stand what looks like an l, such as a 1. For an l there may not stand an i. */
function readsAs(letters: readonly string[], word: readonly string[]): boolean {
  return (
    letters.length === word.length &&
    word.every((letter, n) => letter === letters[n] || (letter === 'i' && letters[n] === 'l'))
  )
}
