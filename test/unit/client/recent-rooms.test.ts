import { expect, it } from 'vitest'
import { recentRoomOf, recentRooms, rememberRoom } from '../../../client/storage/recent-rooms.ts'

it('[RM40] no room is forgotten by itself, however many follow, and the newest stands first', () => {
  for (let n = 0; n < 200; n += 1) rememberRoom({ room: `room-${n}`, username: 'Ann' })
  rememberRoom({ room: 'room-7', username: 'Anna' })
  expect(recentRooms()).toHaveLength(200)
  expect(recentRooms()[0]).toEqual({ room: 'room-7', username: 'Anna' })
  expect(recentRoomOf('room-0')).toEqual({ room: 'room-0', username: 'Ann' })
})
