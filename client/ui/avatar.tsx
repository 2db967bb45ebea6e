import { hueOf, initialsOf } from './person-colour.ts'

/** A person as a colour and initials, both from the name. */
export function Avatar({ name }: { name: string }) {
  return (
    <span class={`avatar hue-${hueOf(name)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}
