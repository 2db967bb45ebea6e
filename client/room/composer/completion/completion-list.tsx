import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../../i18n/strings.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import type { Completion } from './completion.ts'

const ID = 'composer-choices'

/** The field's ARIA attributes while the list is open. A field of many lines may not call itself a combobox. */
export function completionAria({ options, selected }: Completion): object {
  if (options.value.length === 0) return {}
  return {
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': ID,
    'aria-activedescendant': `${ID}-${selected.value}`,
  }
}

/** The list above the composer. The focus stays in the field, which handles the keys. */
export function CompletionList({
  completion,
  choose,
}: {
  completion: Completion
  choose(index: number): void
}) {
  const list = useRef<HTMLDivElement>(null)
  const { options, query, selected } = completion
  const reached = selected.value
  useLayoutEffect(() => {
    list.current?.children[reached]?.scrollIntoView({ block: 'nearest' })
  }, [reached])
  const kind = query.value?.kind
  if (options.value.length === 0 || kind === undefined) return null
  return (
    <div
      ref={list}
      id={ID}
      class={`completion completion--${kind}`}
      role="listbox"
      aria-label={t.room.composer.choices[kind]}
    >
      {options.value.map(({ text, label, description }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and handles the keys
        <div
          key={text}
          id={`${ID}-${index}`}
          class="completion__option"
          role="option"
          tabIndex={-1}
          aria-selected={index === reached}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(index)}
        >
          {kind === 'person' && <Avatar name={label} />}
          <span class="completion__label" dir="auto">
            {label}
          </span>
          {description !== '' && <span class="completion__description">{description}</span>}
        </div>
      ))}
    </div>
  )
}
