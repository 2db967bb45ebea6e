import { CONFUSABLES } from './confusables-table.ts'

const IGNORABLE = /\p{Default_Ignorable_Code_Point}+/gu

/** Read when a name is first compared, so that no start of a Worker waits for it. */
let prototypes: ReadonlyMap<string, string> | undefined

/** The skeleton of UTS 39, its `internalSkeleton`: texts that have the same one look alike. Never shown. */
export function skeletonOf(text: string): string {
  const visible = text.normalize('NFD').replace(IGNORABLE, '')
  return Array.from(visible, (character) => prototypeOf(character))
    .join('')
    .normalize('NFD')
}

/** What a character looks like, by Unicode's table. */
export function prototypeOf(character: string): string {
  prototypes ??= readTable()
  return prototypes.get(character) ?? character
}

/** `tools/confusables` says how the table is written. */
function readTable(): Map<string, string> {
  const table = new Map<string, string>()
  for (const group of CONFUSABLES.trim().split(/\s/)) {
    const [look = '', steps = ''] = group.split(':')
    const prototype = String.fromCodePoint(...look.split('.').map(from36))
    let point = 0
    for (const step of steps.split(',')) {
      point += from36(step)
      table.set(String.fromCodePoint(point), prototype)
    }
  }
  return table
}

function from36(digits: string): number {
  return Number.parseInt(digits, 36)
}
