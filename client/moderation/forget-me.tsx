import { t } from '../i18n/strings.ts'
import { useRoom } from '../room/room-context.ts'
import { IrreversibleAction } from './irreversible-action.tsx'

/** Has the room erase what it holds of one, and this browser what it holds of the room. */
export function ForgetMe() {
  const { self } = useRoom()
  if (self.role.value === 'owner') return <p>{t.moderation.ownerStays}</p>
  return <IrreversibleAction text={t.moderation.forgetMore} sure={t.moderation.forgetConfirm} path="/me" />
}
