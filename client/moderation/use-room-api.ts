import { useMemo } from 'preact/hooks'
import { createRoomApi, type RoomApi } from '../net/room-api.ts'
import { useRoom } from '../room/room-context.ts'

/** The open room's API, for as long as a component is shown. */
export function useRoomApi(): RoomApi {
  const { room } = useRoom()
  return useMemo(() => createRoomApi(room), [room])
}
