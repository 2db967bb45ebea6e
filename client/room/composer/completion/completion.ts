import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Emoji } from '../../../emoji/emoji-list.ts'
import { findEmoji, spoken } from '../../../emoji/find-emoji.ts'
import { askedAt, type CompletionQuery, completed, namesLike } from './completion-query.ts'

const SHOWN_AT_MOST = 8

/** One thing to choose. */
export interface CompletionOption {
  /** What stands in the text afterwards. */
  text: string
  label: string
  /** What there is to say about it. */
  note: string
}

interface Sources {
  names: ReadonlySignal<readonly string[]>
  commands: readonly (readonly [command: string, does: string])[]
  loadEmoji(): Promise<readonly Emoji[]>
}

export type Completing = ReturnType<typeof createCompleting>

/** What can be chosen for what is being typed, and which of it the keyboard is at. */
export function createCompleting({ names, commands, loadEmoji }: Sources) {
  const typed = signal<{ text: string; caret: number } | undefined>(undefined)
  const emoji = signal<readonly Emoji[]>([])
  const at = signal(0)
  /** Where the list was closed: it stays so for this word. */
  const closedFrom = signal<number | undefined>(undefined)
  let isLoading = false

  const asked = computed<CompletionQuery | undefined>(
    () => typed.value && askedAt(typed.value.text, typed.value.caret),
  )
  const choices = computed<readonly CompletionOption[]>(() => {
    if (asked.value === undefined || asked.value.from === closedFrom.value) return []
    const found = choicesFor(asked.value).slice(0, SHOWN_AT_MOST)
    // What is written out already is not in the way of Enter.
    const isDone =
      found.length === 1 && found[0]?.text === typed.value?.text.slice(asked.value.from, asked.value.to)
    return isDone ? [] : found
  })

  function choicesFor({ kind, query }: CompletionQuery): CompletionOption[] {
    switch (kind) {
      case 'person':
        return namesLike(names.value, query).map((name) => ({ text: `@${name}`, label: name, note: '' }))
      case 'emoji':
        return findEmoji(emoji.value, query).map((one) => ({
          text: one.sign,
          label: one.sign,
          note: spoken(one),
        }))
      case 'command':
        return commands
          .filter(([command]) => command.startsWith(`/${query.toLowerCase()}`))
          .map(([command, does]) => ({ text: command, label: command, note: does }))
      default:
        return kind satisfies never
    }
  }

  function load(): void {
    if (isLoading || asked.peek()?.kind !== 'emoji') return
    isLoading = true
    loadEmoji().then(
      (all) => {
        emoji.value = all
      },
      () => {
        isLoading = false
      },
    )
  }

  return {
    asked,
    choices,
    at,
    /** The text and the caret are these; nothing is completed where there is no caret. */
    read(text: string, caret: number | undefined): void {
      const before = typed.peek()
      if (before?.text === text && before.caret === caret) return
      typed.value = caret === undefined ? undefined : { text, caret }
      at.value = 0
      if (asked.peek()?.from !== closedFrom.peek()) closedFrom.value = undefined
      load()
    },
    move(by: 1 | -1): void {
      const count = choices.peek().length
      if (count > 0) at.value = (at.peek() + by + count) % count
    },
    close(): void {
      closedFrom.value = asked.peek()?.from
    },
    /** The text and caret with this choice in it. */
    choose(index = at.peek()): { text: string; caret: number } | undefined {
      const choice = choices.peek()[index]
      const [now, where] = [typed.peek(), asked.peek()]
      return choice && now && where && completed(now.text, where, choice.text)
    },
  }
}
