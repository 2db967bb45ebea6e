import { h } from '../i18n/moderation-strings.ts'
import { Grave } from './irreversible-action.tsx'

/** Erases the room for everyone. */
export function Erase() {
  return <Grave text={h.eraseMore} sure={h.eraseSure} path="" />
}
