import { LIMITS } from '../../../src/protocol/limits.ts'
import { parseUsername } from '../../../src/protocol/names.ts'

/** What was typed into the composer, as what is to be done. */
export type Typed =
  | { kind: 'message'; body: string }
  | { kind: 'topic'; topic: string }
  | { kind: 'rename'; username: string }
  | { kind: 'invite'; username: string }
  | { kind: 'help' }
  /** It is a command, and cannot be done so. */
  | { kind: 'refused'; why: 'unknown' | 'no-text' | 'name' | 'topic'; command: string }

/** A word behind a slash at the very beginning: no path, and nothing that stands in from the edge. */
const COMMAND = /^\/([a-z]+)(?:\s+(.*))?$/is

export function parseTyped(text: string): Typed {
  const [found, word = '', rest = ''] = COMMAND.exec(text) ?? []
  const said = text.trim()
  if (found === undefined) return { kind: 'message', body: said }
  const command = `/${word.toLowerCase()}`
  const about = rest.trim()
  const refused = (why: Extract<Typed, { kind: 'refused' }>['why']): Typed => ({
    kind: 'refused',
    why,
    command,
  })
  if (command === '/help') return { kind: 'help' }
  if (!['/me', '/topic', '/nick', '/invite'].includes(command)) return refused('unknown')
  if (about === '') return refused('no-text')
  if (command === '/me') return { kind: 'message', body: leaning(about) }
  if (command === '/topic')
    return about.length > LIMITS.topicLength ? refused('topic') : { kind: 'topic', topic: about }
  const username = parseUsername(about)
  if (username === undefined) return refused('name')
  return { kind: command === '/nick' ? 'rename' : 'invite', username }
}

/** What someone does rather than says: each line in italics. */
function leaning(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : `_${line.trim()}_`))
    .join('\n')
}
