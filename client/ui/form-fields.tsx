import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface Labelled {
  label: string
  more?: string
}

/** A field with its label and hint. */
export function FormField({ label, more, children }: Labelled & { children(id: string): ComponentChildren }) {
  const id = useId()
  return (
    <div class="moderation__field">
      <label class="field__label" for={id}>
        {label}
      </label>
      {children(id)}
      {more && (
        <p id={`${id}-more`} class="moderation__hint">
          {more}
        </p>
      )}
    </div>
  )
}

interface Choosing extends Labelled {
  value: string
  options: readonly (readonly [value: string, label: string])[]
  onPick(value: string): void
}

/** A group of radio buttons. */
export function RadioChoice({ value, options, onPick, ...labelled }: Choosing) {
  return (
    <FormField {...labelled}>
      {(id) => (
        <select
          id={id}
          class="field"
          value={value}
          aria-describedby={labelled.more === undefined ? undefined : `${id}-more`}
          onChange={({ currentTarget }) => onPick(currentTarget.value)}
        >
          {options.map(([one, label]) => (
            <option key={one} value={one} selected={one === value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </FormField>
  )
}

interface Ticking {
  label: string
  checked: boolean
  onTick(checked: boolean): void
}

export function Checkbox({ label, checked, onTick }: Ticking) {
  return (
    <label class="moderation__checkbox">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onTick(currentTarget.checked)}
      />
      {label}
    </label>
  )
}
