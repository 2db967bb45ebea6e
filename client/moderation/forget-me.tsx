import { t } from '../i18n/strings.ts'
import { useRoom } from '../room/room-context.ts'
import { IrreversibleAction } from './irreversible-action.tsx'

/** Has the room erase the person's data, and this browser the room's. */
export function ForgetMe() {
  const { self } = useRoom()
  if (self.role.value === 'owner') return <p>{t.moderation.ownerStays}</p>
  return <IrreversibleAction text={t.moderation.forgetMore} sure={t.moderation.forgetConfirm} path="/me" />
}
