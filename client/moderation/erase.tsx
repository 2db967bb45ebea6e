import { t } from '../i18n/strings.ts'
import { IrreversibleAction } from './irreversible-action.tsx'

/** Erases the room for everyone. */
export function Erase() {
  return <IrreversibleAction text={t.moderation.eraseMore} sure={t.moderation.eraseConfirm} path="" />
}
