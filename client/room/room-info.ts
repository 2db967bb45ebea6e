import { computed, effect, type ReadonlySignal } from '@preact/signals'
import { isGeneratedId } from '../../src/protocol/names.ts'
import { type AccessRules, may } from '../../src/protocol/roles.ts'
import type { SessionView } from '../session/index.ts'
import { recentRoomOf, rememberRoom } from '../storage/recent-rooms.ts'
import { roomTitle } from '../ui/room-title.ts'
import type { RoomSelf } from './room-self.ts'
import { select } from './select.ts'

interface RoomInfoDeps {
  room: string
  view: ReadonlySignal<SessionView>
  self: RoomSelf
}

/** The room's title, topic and kind. Before the room has answered, these come from what the browser remembers. */
export function createRoomInfo({ room, view, self: { joined, name } }: RoomInfoDeps) {
  const isPrivate = computed(() => {
    const access = joined.value?.access
    return access === undefined ? recentRoomOf(room)?.companion !== undefined : access === 'private'
  })
  /** A room with a chosen name has no owner, and a private room belongs to both members. */
  const access = computed<AccessRules>(() => {
    if (isPrivate.value) return { kind: 'private' }
    const { access: kind = 'open' } = joined.value ?? {}
    return isGeneratedId(room) ? { kind, owner: true } : { kind }
  })
  const companion = computed(() => {
    if (!isPrivate.value) return undefined
    const other = view.value.people.find((person) => person.username !== name.value)
    return other?.username ?? recentRoomOf(room)?.companion
  })
  const ownTitle = computed(() => (joined.value ? joined.value.title : recentRoomOf(room)?.title))

  const stopRemembering = effect(() => {
    const other = companion.value
    if (joined.value === undefined) return
    const { username, title = '' } = joined.value
    const visit = { room, username, title }
    rememberRoom(other === undefined ? visit : { ...visit, companion: other })
  })

  return {
    topic: select(view, ({ topic }) => topic),
    title: computed(() => roomTitle(room, companion.value, ownTitle.value)),
    isPrivate,
    access,
    hasModerators: computed(() => access.value.owner !== undefined),
    /** The other member of a private room. */
    companion,
    mayReadUsage: computed(
      () => joined.value !== undefined && may('seeUsage', joined.value.role, access.value),
    ),
    dispose: stopRemembering,
  }
}
