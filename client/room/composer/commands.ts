import { LIMITS } from '../../../src/protocol/limits.ts'
import { typedUsername } from '../../../src/protocol/username.ts'
import { withoutBlankEdges } from '../../markdown/parse-markdown.ts'

/** The composer's text, as what it asks for. */
export type ComposerInput =
  | { kind: 'message'; body: string }
  | { kind: 'topic'; topic: string }
  | { kind: 'rename'; username: string }
  | { kind: 'invite'; username: string }
  /** What was typed behind it stays in the field. */
  | { kind: 'help'; rest: string }
  /** A command that is unknown or lacks something. */
  | { kind: 'refused'; why: 'unknown' | 'no-text' | 'name' | 'topic'; command: string }

/** A slash and a word at the very beginning. A path and an indented line are no commands. */
const COMMAND = /^\/([a-z]+)(?:\s+(.*))?$/is

export function parseComposerInput(text: string): ComposerInput {
  const [found, word = '', rest = ''] = COMMAND.exec(text) ?? []
  if (found === undefined) return { kind: 'message', body: withoutBlankEdges(text) }
  const command = `/${word.toLowerCase()}`
  const argument = rest.trim()
  const refused = (why: Extract<ComposerInput, { kind: 'refused' }>['why']): ComposerInput => ({
    kind: 'refused',
    why,
    command,
  })
  if (command === '/help') return { kind: 'help', rest: argument }
  if (!['/me', '/topic', '/nick', '/invite'].includes(command)) return refused('unknown')
  if (argument === '') return refused('no-text')
  if (command === '/me') return { kind: 'message', body: italic(argument) }
  if (command === '/topic') {
    const topic = argument.replace(/\s+/g, ' ')
    return topic.length > LIMITS.topicLength ? refused('topic') : { kind: 'topic', topic }
  }
  const username = typedUsername(argument)
  if (username === undefined) return refused('name')
  return { kind: command === '/nick' ? 'rename' : 'invite', username }
}

/** With the sign that the text doesn't hold itself. */
function italic(text: string): string {
  const sign = text.includes('_') ? '*' : '_'
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : `${sign}${line.trim()}${sign}`))
    .join('\n')
}
