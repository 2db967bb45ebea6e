import { useEffect, useMemo } from 'preact/hooks'
import { askFacts } from '../api.ts'
import { JoinCard } from '../join/join-card.tsx'
import { t } from '../strings/strings.ts'
import { ClosedPage } from './closed-page.tsx'
import { createEntrance, type Entrance } from './entrance.ts'

export function RoomPage({ room }: { room: string }) {
  const entrance = useMemo(() => entranceOfPage(room), [room])
  useEffect(() => {
    document.title = t.titleOf(entrance.title)
    return entrance.dispose
  }, [entrance])
  return <AtStage entrance={entrance} />
}

function AtStage({ entrance }: { entrance: Entrance }) {
  const stage = entrance.stage.value
  switch (stage.kind) {
    case 'outside':
      return <JoinCard entrance={entrance} />
    case 'opening':
      return <p class="opening">{t.room.loading}</p>
    case 'inside':
      return <stage.inside.View store={stage.inside.store} />
    case 'closed':
      return <ClosedPage problem={stage.problem} />
    default:
      return stage satisfies never
  }
}

function entranceOfPage(room: string): Entrance {
  // Asked for at once, so that it is there by the time a name is.
  const loaded = import('./inside.tsx')
  loaded.catch(() => undefined)
  return createEntrance({
    room,
    askFacts: () => askFacts(room),
    openInside: async (username) => (await loaded).openInside(room, username),
  })
}
