import { prototypeOf } from './skeleton.ts'

/** The blocks that Unicode reserves for what is written from the right. */
const RIGHT_BLOCKS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const LETTER = /\p{L}/u
const NUMBER = /\p{N}/u

/**
 * A name in the order in which it is drawn, from the left, if it mixes both directions: Arabic letters among Latin ones
 * read backwards. This is the bidirectional algorithm for what names hold: letters, digits, signs, no controls.
 */
export function inVisualOrder(name: string): string {
  if (!RIGHT_BLOCKS.test(name)) return name
  const runs = runsOf(name)
  if (!['left', 'right'].every((needed) => runs.some(({ kind }) => kind === needed))) return name
  const drawn = runs.map(({ kind, text }) => (kind === 'right' ? backwards(text) : text))
  const isFromTheRight = runs.find(({ kind }) => kind !== 'sign')?.kind === 'right'
  return (isFromTheRight ? drawn.reverse() : drawn).join('')
}

type Kind = 'left' | 'right' | 'sign'

interface Run {
  kind: Kind
  text: string
}

/** Digits belong to the letters before them. Signs belong to the run on both sides of them, or stand alone. */
function runsOf(name: string): Run[] {
  const runs: Run[] = []
  for (const character of name) {
    const last = runs.at(-1)
    const kind = kindOf(character, last?.kind ?? 'sign')
    const before = runs.at(-2)
    if (last?.kind === kind) last.text += character
    else if (last?.kind === 'sign' && before?.kind === kind) {
      before.text += last.text + character
      runs.pop()
    } else runs.push({ kind, text: character })
  }
  return runs
}

function kindOf(character: string, last: Kind): Kind {
  if (LETTER.test(character)) return RIGHT_BLOCKS.test(character) ? 'right' : 'left'
  return NUMBER.test(character) ? last : 'sign'
}

/** Digits keep their order. A ligature counts as the letters it looks like. */
function backwards(text: string): string {
  const parts = text.match(/\p{N}+|[^\p{N}]/gu) ?? []
  return parts
    .map((part) => (NUMBER.test(part) ? part : [...prototypeOf(part)].reverse().join('')))
    .reverse()
    .join('')
}
