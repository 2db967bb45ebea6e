import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../../parts/icon.tsx'
import { t } from '../../strings/strings.ts'
import { useRoom } from '../room-context.ts'
import { atRow } from './at-row.ts'
import { DayDivider } from './day-divider.tsx'
import { DeedsSheet } from './deeds-sheet.tsx'
import { EmptyRoom } from './empty-room.tsx'
import { InvitationCard } from './invitation-card.tsx'
import { MessageRow } from './message-row.tsx'
import type { Row } from './rows.ts'

export function Timeline() {
  const { rows, follow, self, deeds } = useRoom()
  const scroller = useRef<HTMLDivElement>(null)
  const shown = rows.value
  const active = deeds.active.value

  const hasRows = shown.length > 0

  // With its first row the scroller gets the list to watch.
  useLayoutEffect(() => (scroller.current ? follow.attach(scroller.current) : undefined), [follow, hasRows])
  // After each drawing of other rows.
  useLayoutEffect(follow.drawn, [follow, shown])

  return (
    <div class="timeline">
      <div
        ref={scroller}
        class="timeline__scroller"
        role="log"
        aria-live="off"
        aria-label={t.timeline.label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        onScroll={follow.look}
        {...atRow(deeds)}
      >
        {hasRows ? (
          <ol class="timeline__list">
            <Beginning />
            {shown.map((row) => drawRow(row, active))}
          </ol>
        ) : self.value ? (
          <EmptyRoom />
        ) : (
          <p class="timeline__loading">{t.room.loading}</p>
        )}
      </div>
      <ToPresent />
      <DeedsSheet />
    </div>
  )
}

function drawRow(row: Row, active: number | undefined) {
  switch (row.kind) {
    case 'day':
      return <DayDivider key={row.key} time={row.time} />
    case 'item':
      return (
        <MessageRow
          key={row.key}
          item={row.item}
          author={row.author}
          time={row.time}
          opens={row.opens}
          isActive={row.item.kind === 'message' && row.item.message.seq === active}
        />
      )
    case 'invitation':
      return <InvitationCard key={row.key} invitation={row.invitation} />
    default:
      return row satisfies never
  }
}

/** What stands above the first message there is. */
function Beginning() {
  const { hasOlder, self } = useRoom()
  if (!self.value) return null
  return <li class="timeline__beginning">{hasOlder.value ? t.timeline.older : t.timeline.beginning}</li>
}

function ToPresent() {
  const { follow, newer } = useRoom()
  if (follow.leftAt.value === undefined) return null
  const count = newer.value
  return (
    <button
      type="button"
      class={count > 0 ? 'to-present to-present--news' : 'to-present'}
      aria-label={count > 0 ? `${t.timeline.newer(count)}. ${t.timeline.toPresent}` : t.timeline.toPresent}
      onClick={follow.toPresent}
    >
      {count > 0 && t.timeline.newer(count)}
      <Icon name="down" />
    </button>
  )
}
