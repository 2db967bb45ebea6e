import { computed, type ReadonlySignal } from '@preact/signals'
import { LIMITS } from '../../src/protocol/limits.ts'
import { isModerator } from '../../src/protocol/roles.ts'
import type { SessionView } from '../session/index.ts'
import { select } from './select.ts'

export type RoomSelf = ReturnType<typeof createRoomSelf>

/** The person at this browser, as the room knows them. Before they have joined, they have the name they asked for. */
export function createRoomSelf(view: ReadonlySignal<SessionView>, username: string) {
  const joined = select(view, ({ self }) => self)
  const role = computed(() => joined.value?.role ?? 'member')
  return {
    joined,
    name: computed(() => joined.value?.username ?? username),
    role,
    isModerator: computed(() => isModerator(role.value)),
    bodyLimit: computed(() => joined.value?.limits.bodyLength ?? LIMITS.bodyLength),
  }
}
