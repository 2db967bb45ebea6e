import { effect, untracked } from '@preact/signals'
import type { Message } from '../../src/protocol/server-frames.ts'
import { callsOf, isNotifyingWanted, isSoundOn } from '../memory/calls.ts'
import { recentRoomOf } from '../memory/recent-rooms.ts'
import { isVisible } from '../parts/visible.ts'
import { roomTitle } from '../room/room-title.ts'
import { heard } from '../rooms/background.ts'
import { freshSince, newestOf } from './fresh.ts'
import { notify } from './notify.ts'
import { holdEyes, isLookedAt, once } from './once.ts'
import { playTone } from './tone.ts'

/** Calls whoever looks elsewhere: once a message, in one of the tabs that hear of it. */
export function startCalling(): void {
  const known = new Map<string, number>()

  effect(() => (isVisible.value ? holdEyes() : undefined))

  effect(() => {
    for (const { room, view } of heard.value) {
      const newest = newestOf(view)
      if (newest === undefined) continue
      const before = known.get(room)
      known.set(room, Math.max(newest, before ?? 0))
      if (before === undefined || newest <= before) continue
      const last = untracked(() => freshSince(view, before, callsOf(room))).at(-1)
      if (last) call(room, last).catch(() => {})
    }
  })
}

async function call(room: string, message: Message): Promise<void> {
  if (await isLookedAt()) return
  once(`${room}:${message.seq}`, () => {
    if (isSoundOn()) playTone()
    if (!isNotifyingWanted()) return
    const visit = recentRoomOf(room)
    notify({
      room,
      seq: message.seq,
      title: roomTitle(room, visit?.companion, visit?.title),
      body: `${message.username}: ${message.body}`,
    })
  })
}
