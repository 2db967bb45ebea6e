import { useRoom } from '../room/room-context.ts'
import { h } from '../strings/house.ts'
import { Grave } from './grave.tsx'

/** Has the room erase what it holds of one, and this browser what it holds of the room. */
export function ForgetMe() {
  const { house } = useRoom()
  if (house.role.value === 'owner') return <p>{h.ownerStays}</p>
  return <Grave text={h.forgetMore} sure={h.forgetSure} path="/me" />
}
