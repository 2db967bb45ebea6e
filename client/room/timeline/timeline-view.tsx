import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { Message } from '../../../src/protocol/server-frames.ts'
import { t } from '../../i18n/strings.ts'
import { Icon } from '../../ui/icon.tsx'
import { useRoom } from '../room-context.ts'
import type { Fold } from '../room-moderation.ts'
import { DayDivider } from './day-divider.tsx'
import { EmptyRoom } from './empty-room.tsx'
import { InvitationCard } from './invitation-card.tsx'
import { MessageActionsSheet } from './message-actions-sheet.tsx'
import { MessageRow } from './message-row.tsx'
import { PresenceLine } from './presence-line.tsx'
import { ReactionPicker } from './reaction-picker.tsx'
import { createTimelineInput } from './timeline-input.ts'
import type { TimelineRow } from './timeline-rows.ts'
import { UnreadDivider } from './unread-divider.tsx'

export function TimelineView() {
  const { self, timeline, actions, moderation } = useRoom()
  const { follow } = timeline
  const scroller = useRef<HTMLDivElement>(null)
  const input = useMemo(() => createTimelineInput(actions), [actions])
  const shown = timeline.rows.value
  const active = actions.activeRow.value
  const target = timeline.target.value

  const hasRows = shown.length > 0

  // The list that the scroller watches comes with the first row.
  useLayoutEffect(() => (scroller.current ? follow.attach(scroller.current) : undefined), [follow, hasRows])
  // After other rows were drawn.
  useLayoutEffect(follow.drawn, [follow, shown])

  return (
    <div class="timeline">
      <div
        ref={scroller}
        class="timeline__scroller"
        role="log"
        aria-live="off"
        aria-label={t.room.timeline.label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        onScroll={follow.look}
        {...input}
      >
        {hasRows ? (
          <ol class="timeline__list">
            <Beginning />
            {shown.map((row) => drawRow(row, active, target, moderation.foldOf))}
          </ol>
        ) : self.joined.value ? (
          <EmptyRoom />
        ) : (
          <p class="timeline__loading">{t.door.room.loading}</p>
        )}
      </div>
      <ToUnread />
      <ToPresent />
      <MessageActionsSheet />
      <ReactionPicker />
    </div>
  )
}

function drawRow(
  row: TimelineRow,
  active: string | undefined,
  target: number | undefined,
  foldOf: (message: Message) => Fold,
) {
  const seq = row.kind === 'item' && row.item.kind === 'message' ? row.item.message.seq : Number.NaN
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
          isActive={row.key === active}
          isTarget={seq === target}
          fold={row.item.kind === 'message' ? foldOf(row.item.message) : undefined}
        />
      )
    case 'invitation':
      return <InvitationCard key={row.key} invitation={row.invitation} />
    case 'presence':
      return <PresenceLine key={row.key} words={t.room.timeline.presence(row.summary)} />
    case 'unread':
      return <UnreadDivider key={row.key} />
    default:
      return row satisfies never
  }
}

/** The line above the first message that is loaded. */
function Beginning() {
  const { self, timeline } = useRoom()
  if (!self.joined.value) return null
  return (
    <li class="timeline__beginning">
      {timeline.hasOlder.value ? t.room.timeline.older : t.room.timeline.beginning}
    </li>
  )
}

/** Leads to unread messages above the view. */
function ToUnread() {
  const { timeline } = useRoom()
  const { unread } = timeline
  if (unread.isSeen.value || unread.count.value === 0) return null
  return (
    <button type="button" class="to-unread" onClick={timeline.jumpToUnread}>
      <Icon name="up" />
      {t.room.timeline.unreadAbove(unread.count.value, unread.isMore.value)}
    </button>
  )
}

function ToPresent() {
  const { timeline } = useRoom()
  const { follow } = timeline
  if (follow.leftAt.value === undefined) return null
  const count = timeline.newerCount.value
  return (
    <button
      type="button"
      class={count > 0 ? 'to-present to-present--unread' : 'to-present'}
      aria-label={
        count > 0
          ? `${t.room.timeline.newer(count)}. ${t.room.timeline.toPresent}`
          : t.room.timeline.toPresent
      }
      onClick={follow.toPresent}
    >
      {count > 0 && t.room.timeline.newer(count)}
      <Icon name="down" />
    </button>
  )
}
