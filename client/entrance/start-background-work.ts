import { computed } from '@preact/signals'
import { once } from '../lib/once.ts'
import { startNotifications } from '../notifications/start-notifications.ts'
import { roomSummaries, waitingInvitations, watchedRooms } from '../rooms/background.ts'
import { goToMessage } from '../rooms/go-to-message.ts'
import { keepOfflineCache } from '../rooms/keep-offline-cache.ts'
import { nowOpen } from '../rooms/open-room.ts'

/** What a page does for its rooms beside showing one. */
export const startBackgroundWork = once(() => {
  startNotifications({
    heardRooms: roomSummaries,
    otherRooms: computed(() => watchedRooms.value.filter(({ isOpen }) => !isOpen)),
    openRoom: nowOpen,
    invitations: waitingInvitations,
    goToMessage,
  })
  keepOfflineCache()
})
