import { t } from '../../i18n/strings.ts'
import { useRoom } from '../room-context.ts'
import { restrictionText } from './restriction-text.ts'

/** From here on the field shows how many characters are left. */
const SHOWN_BELOW = 400

/** The line below the field: why the text was refused, how long it may still be, or why it has to wait. */
export function ComposerHint({ id, problem, left }: { id: string; problem: string; left: number }) {
  const { composer } = useRoom()
  const restriction = composer.restriction.value
  const kind = problem ? ' composer__hint--problem' : left < 0 ? ' composer__hint--too-long' : ''
  return (
    <p id={id} class={`composer__hint${kind}`}>
      {problem || lengthText(left) || (restriction && restrictionText(restriction))}
    </p>
  )
}

function lengthText(left: number): string {
  if (left < 0) return t.room.composer.tooLong(-left)
  return left < SHOWN_BELOW ? t.room.composer.remaining(left) : ''
}
