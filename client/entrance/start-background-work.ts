import { computed } from '@preact/signals'
import { startNotifications } from '../notifications/start-notifications.ts'
import { roomSummaries, waitingInvitations, watchedRooms } from '../rooms/background.ts'
import { goToMessage } from '../rooms/go-to-message.ts'
import { keepOfflineCache } from '../rooms/keep-offline-cache.ts'
import { nowOpen } from '../rooms/open-room.ts'

let hasStarted = false

/** What a page does for its rooms beside showing one. It begins once, with the first room that is opened. */
export function startBackgroundWork(): void {
  if (hasStarted) return
  hasStarted = true
  startNotifications({
    heardRooms: roomSummaries,
    otherRooms: computed(() => watchedRooms.value.filter(({ isOpen }) => !isOpen)),
    openRoom: nowOpen,
    invitations: waitingInvitations,
    goToMessage,
  })
  keepOfflineCache()
}
