import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Emoji } from '../../../emoji/emoji-list.ts'
import { emojiName, findEmoji } from '../../../emoji/find-emoji.ts'
import {
  applyCompletion,
  type CompletionQuery,
  completionQueryAt,
  matchingNames,
} from './completion-query.ts'

const MAX_OPTIONS = 8

export interface CompletionOption {
  /** Replaces the query in the text. */
  text: string
  label: string
  description: string
}

interface CompletionDeps {
  names: ReadonlySignal<readonly string[]>
  commands: readonly (readonly [command: string, description: string])[]
  loadEmoji(): Promise<readonly Emoji[]>
}

export type Completion = ReturnType<typeof createCompletion>

/** The options for the word that is being typed, and the option that the keyboard has reached. */
export function createCompletion({ names, commands, loadEmoji }: CompletionDeps) {
  const input = signal<{ text: string; caret: number } | undefined>(undefined)
  const emoji = signal<readonly Emoji[]>([])
  const selected = signal(0)
  /** Where the person closed the list: it stays closed for that word. */
  const closedFrom = signal<number | undefined>(undefined)
  let isLoading = false

  const query = computed<CompletionQuery | undefined>(
    () => input.value && completionQueryAt(input.value.text, input.value.caret),
  )
  const options = computed<readonly CompletionOption[]>(() => {
    if (query.value === undefined || query.value.from === closedFrom.value) return []
    const found = optionsFor(query.value).slice(0, MAX_OPTIONS)
    // A word that is complete already leaves Enter alone.
    const isComplete =
      found.length === 1 && found[0]?.text === input.value?.text.slice(query.value.from, query.value.to)
    return isComplete ? [] : found
  })

  function optionsFor({ kind, search }: CompletionQuery): CompletionOption[] {
    switch (kind) {
      case 'person':
        return matchingNames(names.value, search).map((name) => ({
          text: `@${name}`,
          label: name,
          description: '',
        }))
      case 'emoji':
        return findEmoji(emoji.value, search).map((found) => ({
          text: found.sign,
          label: found.sign,
          description: emojiName(found),
        }))
      case 'command':
        return commands
          .filter(([command]) => command.startsWith(`/${search.toLowerCase()}`))
          .map(([command, description]) => ({ text: command, label: command, description }))
      default:
        return kind satisfies never
    }
  }

  function load(): void {
    if (isLoading || query.peek()?.kind !== 'emoji') return
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
    query,
    options,
    selected,
    /** Takes the text and the caret as they are now. Without a caret there are no options. */
    update(text: string, caret: number | undefined): void {
      const before = input.peek()
      if (before?.text === text && before.caret === caret) return
      input.value = caret === undefined ? undefined : { text, caret }
      selected.value = 0
      if (query.peek()?.from !== closedFrom.peek()) closedFrom.value = undefined
      load()
    },
    move(by: 1 | -1): void {
      const count = options.peek().length
      if (count > 0) selected.value = (selected.peek() + by + count) % count
    },
    close(): void {
      closedFrom.value = query.peek()?.from
    },
    /** The text and the caret with this option in place. */
    choose(index = selected.peek()): { text: string; caret: number } | undefined {
      const option = options.peek()[index]
      const [now, place] = [input.peek(), query.peek()]
      return option && now && place && applyCompletion(now.text, place, option.text)
    },
  }
}
