import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../i18n/strings.ts'
import { recentEmoji, rememberEmoji } from '../storage/recent-emoji.ts'
import { isComposing } from '../ui/composing.ts'
import { isTouch } from '../ui/is-touch.ts'
import { EMOJI, EMOJI_GROUPS, type Emoji } from './emoji-list.ts'
import { emojiName, findEmoji } from './find-emoji.ts'
import { moveInGrid } from './move-in-grid.ts'

/** A search field, and all emoji in a grid that the arrow keys move through. */
export function EmojiPicker({ onPick }: { onPick(sign: string): void }) {
  const query = useSignal('')
  const search = useRef<HTMLInputElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const recent = useSignal(recentEmoji().flatMap((sign) => EMOJI.filter((one) => one.sign === sign)))
  const isSearching = query.value.trim() !== ''
  const found = isSearching ? findEmoji(EMOJI, query.value) : []
  const groups: (readonly [string, readonly Emoji[]])[] = isSearching
    ? [[t.room.emoji.found, found]]
    : [
        [t.room.emoji.recent, recent.value],
        ...EMOJI_GROUPS.map(([group, all]) => [t.room.emoji.groups[group], all] as const),
      ]
  const shown = groups.filter(([, all]) => all.length > 0)

  // On a phone the keyboard would cover the emoji.
  useEffect(() => {
    if (!isTouch()) search.current?.focus()
  }, [])

  function pick(sign: string) {
    rememberEmoji(sign)
    onPick(sign)
  }

  const buttons = () => [...(grid.current?.querySelectorAll<HTMLElement>('button') ?? [])]

  function onSearchKey(event: KeyboardEvent) {
    if (isComposing(event)) return
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      buttons()[0]?.focus()
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      if (found[0]) pick(found[0].sign)
    }
  }

  function onGridKey(event: KeyboardEvent) {
    const all = buttons()
    const from = all.indexOf(document.activeElement as HTMLElement)
    if (from < 0) return
    const boxes = all.map(({ offsetLeft: x, offsetTop: y }) => ({ x, y }))
    const to = moveInGrid(boxes, from, inReadingOrder(event.key))
    if (to === undefined) return
    event.preventDefault()
    if (to === 'above') search.current?.focus()
    else all[to]?.focus()
  }

  return (
    <div class="emoji">
      <input
        ref={search}
        class="field"
        type="search"
        aria-label={t.room.emoji.search}
        placeholder={t.room.emoji.search}
        autocomplete="off"
        autocapitalize="none"
        inputMode="search"
        enterkeyhint="search"
        value={query.value}
        onInput={({ currentTarget }) => {
          query.value = currentTarget.value
        }}
        onKeyDown={onSearchKey}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it handles the keys of the buttons in it */}
      <div ref={grid} class="emoji__groups" onKeyDown={onGridKey}>
        {shown.map(([title, all], at) => (
          <section key={title} aria-label={title}>
            <h3 class="emoji__title">{title}</h3>
            <div class="emoji__grid">
              {all.map((emoji, index) => (
                <button
                  key={emoji.sign}
                  type="button"
                  class="emoji__one"
                  // One stop for Tab; the arrows do the rest.
                  tabIndex={at === 0 && index === 0 ? 0 : -1}
                  aria-label={emojiName(emoji)}
                  title={emojiName(emoji)}
                  onClick={() => pick(emoji.sign)}
                >
                  {emoji.sign}
                </button>
              ))}
            </div>
          </section>
        ))}
        {shown.length === 0 && <p class="emoji__none">{t.room.emoji.none}</p>}
      </div>
    </div>
  )
}

/** In a page that runs from right to left, the next emoji is to the left. */
function inReadingOrder(key: string): string {
  if (document.documentElement.dir !== 'rtl') return key
  const turned: Readonly<Record<string, string>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }
  return turned[key] ?? key
}
