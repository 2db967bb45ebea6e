import { useSignalEffect } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { loadWords } from '../i18n/language.ts'
import { t } from '../i18n/strings.ts'
import { askFacts } from '../net/api.ts'
import { secretInFragment } from '../routing/fragment.ts'
import { setTitle } from '../ui/page-title.ts'
import { ClosedPage } from './closed-page.tsx'
import { createEntrance, type Entrance } from './entrance.ts'
import { JoinCard } from './join-card.tsx'
import { redeemInviteLink } from './redeem-invite-link.ts'

export function RoomPage({ room }: { room: string }) {
  const entrance = useMemo(() => createPageEntrance(room), [room])
  useEffect(() => entrance.dispose, [entrance])
  useSignalEffect(() => {
    if (entrance.stage.value.kind !== 'inside') setTitle(t.door.titleOf(entrance.title.value))
  })
  useEffect(() => {
    // A visitor of a closed page may paste an invite link to the same room: to the browser that is the same page.
    const look = () => secretInFragment(location.hash) && location.reload()
    addEventListener('hashchange', look)
    return () => removeEventListener('hashchange', look)
  }, [])
  return <AtStage room={room} entrance={entrance} />
}

function AtStage({ room, entrance }: { room: string; entrance: Entrance }) {
  const stage = entrance.stage.value
  switch (stage.kind) {
    case 'outside':
      return <JoinCard entrance={entrance} />
    case 'opening':
      return <Opening title={entrance.title.value} />
    case 'inside':
      return <stage.inside.View store={stage.inside.store} />
    case 'closed':
      return <ClosedPage room={room} problem={stage.problem} />
    default:
      return stage satisfies never
  }
}

/** Shows the room's name before the room is loaded. */
function Opening({ title }: { title: string }) {
  return (
    <main>
      <h1 class="visually-hidden">{title}</h1>
      <p class="opening">{t.door.room.loading}</p>
    </main>
  )
}

function createPageEntrance(room: string): Entrance {
  // Loads while the visitor types a name.
  const loaded = Promise.all([import(/* @offline */ './joined-room.tsx'), loadWords('room')]).then(
    ([inside]) => inside,
  )
  loaded.catch(() => undefined)
  return createEntrance({
    room,
    askFacts: () => askFacts(room),
    redeem: secretInFragment(location.hash) === undefined ? undefined : () => redeemInviteLink(room),
    openInside: async (username) => (await loaded).openJoinedRoom(room, username),
  })
}
