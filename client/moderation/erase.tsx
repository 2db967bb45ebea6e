import { h } from '../i18n/moderation-strings.ts'
import { IrreversibleAction } from './irreversible-action.tsx'

/** Erases the room for everyone. */
export function Erase() {
  return <IrreversibleAction text={h.eraseMore} sure={h.eraseSure} path="" />
}
