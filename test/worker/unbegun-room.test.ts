import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { roomOf, UnbegunRoom } from '../../src/durable/room/unbegun-room.ts'
import { newRoomId } from '../../src/platform/identity/ids.ts'
import { ACTION_NEEDS, type RoomAction } from '../../src/room/model/actions.ts'
import { freshRoom } from './raw-client.ts'

const ASKER = { session: 'a'.repeat(43) }
const BY = 'a'.repeat(22)
const DETAILS: { [kind in RoomAction['kind']]: RoomAction & { kind: kind } } = {
  set: { kind: 'set', change: { title: 'Title' } },
  moderate: { kind: 'moderate', what: { action: 'kick', by: BY } },
  listPeople: { kind: 'listPeople' },
  listNotes: { kind: 'listNotes', before: 9, limit: 9 },
  report: { kind: 'report', what: { ref: 1 } },
  block: { kind: 'block', by: BY, on: true },
  setOwn: { kind: 'setOwn', change: { refusesStrangers: true } },
  makeLink: { kind: 'makeLink', link: { role: 'member' }, hash: 'hash' },
  listLinks: { kind: 'listLinks' },
  revokeLink: { kind: 'revokeLink', hash: 'hash' },
  redeemLink: { kind: 'redeemLink', hash: 'hash' },
  forget: { kind: 'forget' },
}

it.each([
  ['named', freshRoom],
  ['generated', newRoomId],
])(
  '[UB1] a room without storage answers every call as a room does that nobody has joined: %s',
  async (_, newName) => {
    const name = newName()
    const room = env.ROOMS.getByName(name)
    const none = new UnbegunRoom(name)
    expect(await none.facts()).toEqual(await room.facts(ASKER))
    expect(await none.messages()).toEqual(await room.messages(ASKER, { limit: 5 }))
    expect(await none.usage()).toEqual(await room.usage(ASKER))
    expect(await none.erase()).toEqual(await room.erase(ASKER))
    expect(await none.isNewTo()).toEqual(await room.isNewTo(ASKER))
    expect(await none.exportPage()).toEqual(await room.exportPage())
    expect(await none.purge()).toEqual(await room.purge())
    expect(await none.handOver()).toEqual(await room.handOver(BY))
    expect(Object.keys(DETAILS)).toEqual(Object.keys(ACTION_NEEDS))
    for (const action of Object.values(DETAILS))
      expect([action.kind, await none.govern(ASKER, action)]).toEqual([
        action.kind,
        await room.govern(ASKER, action),
      ])
  },
)

it('[UB2] only where files show which rooms have begun is a room not called', async () => {
  const begun = freshRoom()
  const BEGUN = { has: async (name: string) => name === begun }
  expect(await roomOf({ ...env, BEGUN }, freshRoom())).toBeInstanceOf(UnbegunRoom)
  for (const room of [await roomOf({ ...env, BEGUN }, begun), await roomOf(env, freshRoom())])
    expect(room).not.toBeInstanceOf(UnbegunRoom)
})
