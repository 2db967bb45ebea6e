import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../../i18n/strings.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import type { Completing } from './completion.ts'

const ID = 'composer-choices'

/** What the field says of the list above it. A field of many lines may not call itself a combobox. */
export function ariaOf({ choices, at }: Completing): object {
  if (choices.value.length === 0) return {}
  return {
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': ID,
    'aria-activedescendant': `${ID}-${at.value}`,
  }
}

/** The list above the composer. The focus stays in the field: keys are read there. */
export function CompletionList({
  completing,
  choose,
}: {
  completing: Completing
  choose(index: number): void
}) {
  const list = useRef<HTMLDivElement>(null)
  const { choices, asked, at } = completing
  const chosen = at.value
  useLayoutEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const kind = asked.value?.kind
  if (choices.value.length === 0 || kind === undefined) return null
  return (
    <div
      ref={list}
      id={ID}
      class={`choices choices--${kind}`}
      role="listbox"
      aria-label={t.composer.choices[kind]}
    >
      {choices.value.map(({ text, label, note }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and reads the keys
        <div
          key={text}
          id={`${ID}-${index}`}
          class="choices__one"
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(index)}
        >
          {kind === 'person' && <Avatar name={label} />}
          <span class="choices__label" dir="auto">
            {label}
          </span>
          {note !== '' && <span class="choices__note">{note}</span>}
        </div>
      ))}
    </div>
  )
}
