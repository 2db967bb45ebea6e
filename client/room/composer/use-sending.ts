import { batch, useSignal } from '@preact/signals'
import { t } from '../../i18n/strings.ts'
import { parseMarkdown, withoutBlankEdges } from '../../markdown/parse-markdown.ts'
import { piecesOf } from '../../markdown/read-text.ts'
import { announce } from '../../ui/announcer.tsx'
import { useRoom } from '../room-context.ts'
import { type ComposerInput, parseComposerInput } from './commands.ts'
import { isBlocked } from './posting-restriction.ts'
import { restrictionText } from './restriction-text.ts'

/** The name of an emoji, as in `:smile:`. */
const EMOJI_NAME = /:[\w+-]{2,}:/
/** A message waits no longer for the names of the emoji. */
const EMOJI_MS = 2_000

interface Page {
  focus(): void
  showHelp(): void
}

/** What Enter and the send button do: the text becomes a message, an edit or a command, or is refused and stays. */
export function useSending({ focus, showHelp }: Page) {
  const { composer, invitations, self, session, timeline } = useRoom()
  const problem = useSignal('')
  const target = composer.target.value
  const field = composer.field.value
  const text = field.value
  const input = parse(text)
  const charactersLeft = self.bodyLimit.value - (input.kind === 'message' ? input.body.length : 0)
  const canSend = text.trim() !== '' && charactersLeft >= 0

  /** An edit is the message's new text, even where it begins with a slash. */
  function parse(words: string): ComposerInput {
    return target?.kind === 'edit'
      ? { kind: 'message', body: withoutBlankEdges(words) }
      : parseComposerInput(words)
  }

  async function send(): Promise<void> {
    if (!canSend) return
    focus()
    if (input.kind === 'refused') return refuse(t.room.composer.refused[input.why](input.command))
    const restriction = composer.restriction.peek()
    // The line below the field shows it already; screen-reader users hear it.
    if (restriction && isBlocked(restriction, input)) {
      announce(restrictionText(restriction))
      return
    }
    if (input.kind === 'help' && input.rest !== '') return showHelp()
    const release = batch(() => {
      if (field.peek() === text) field.value = ''
      // The draft keeps the text until it is stored: the page may end before.
      return target?.kind === 'edit' ? undefined : composer.draft.hold(text)
    })
    problem.value = ''
    try {
      await carryOut(input)
    } catch {
      refuse(t.room.composer.notStored)
      if (field.peek() === '') field.value = text
    }
    release?.()
  }

  function refuse(why: string): void {
    problem.value = why
    announce(why)
  }

  async function carryOut(input: Exclude<ComposerInput, { kind: 'refused' }>): Promise<void> {
    switch (input.kind) {
      case 'message':
        if (target?.kind !== 'edit') timeline.follow.toPresent()
        return composer.submit(input.body, prepare(input.body))
      case 'topic':
        return session.setTopic(input.topic)
      case 'rename':
        return session.rename(input.username)
      case 'invite':
        return invitations.invite(input.username)
      case 'help':
        return showHelp()
      default:
        return input satisfies never
    }
  }

  return { problem, charactersLeft, canSend, parse, send }
}

/** The last text that waits for the names of the emoji: later ones wait behind it. */
let preparing: Promise<string> | undefined

/** Makes emoji of their names. */
function prepare(body: string): string | Promise<string> {
  const before = preparing
  if (before === undefined && !EMOJI_NAME.test(body)) return body
  const own = (async () => {
    await before
    if (!EMOJI_NAME.test(body)) return body
    const late = new Promise<string>((resolve) => setTimeout(() => resolve(body), EMOJI_MS))
    const loaded = import('./with-emoji.ts').then(({ withEmoji }) =>
      withEmoji(body, piecesOf(parseMarkdown(body))),
    )
    return Promise.race([loaded, late]).catch(() => body)
  })()
  preparing = own
  own.then(() => {
    if (preparing === own) preparing = undefined
  })
  return own
}
