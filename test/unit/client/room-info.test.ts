import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { createRoomInfo } from '../../../client/room/room-info.ts'
import { createRoomSelf } from '../../../client/room/room-self.ts'
import type { SessionView } from '../../../client/session/index.ts'
import type { Joined } from '../../../src/protocol/server-frames.ts'

const GENERATED = 'a'.repeat(26)

function create(room: string, about: Partial<Joined>) {
  const self = { username: 'Ann', role: 'member', access: 'open', ...about } as Joined
  const view = signal<SessionView>({ ...({} as SessionView), self, people: [] })
  return createRoomInfo({ room, view, self: createRoomSelf(view, 'Ann') })
}

test.each<[string, Partial<Joined>, boolean]>([
  [GENERATED, {}, true],
  [GENERATED, { access: 'private' }, false],
  ['kitchen', {}, false],
])('[HK10] a generated room has moderators; a named or private one has none: %s %j', (room, about, has) => {
  expect(create(room, about).hasModerators.value).toBe(has)
})
