import { briefTime, clockTime, exactTime, momentName } from '../../i18n/dates.ts'
import { t } from '../../i18n/strings.ts'
import { problemText } from '../../net/problem-text.ts'
import type { TimelineItem } from '../../session/index.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Memo } from '../../ui/memo.tsx'
import { hueOf } from '../../ui/person-colour.ts'
import type { Fold } from '../room-moderation.ts'
import { FailedNote } from './failed-note.tsx'
import { FoldedRow, ShownNote } from './folded-row.tsx'
import { MentioningText } from './mentioning-text.tsx'
import { MessageActionButtons } from './message-action-buttons.tsx'
import { PendingNote } from './pending-note.tsx'
import { Quote } from './quote.tsx'
import { Reactions } from './reactions.tsx'

interface Props {
  item: TimelineItem
  author: string
  time: number
  opens: boolean
  /** Whether a pointer or the keyboard is at it: it then shows its actions. */
  isActive: boolean
  /** Whether the page's address names it. */
  isTarget: boolean
  /** Set where its author is blocked. */
  fold?: Fold
}

/** One message. It stays the same element while it goes from pending to sent. */
export class MessageRow extends Memo<Props> {
  override render({ item, author, time, opens, isActive, isTarget, fold }: Props) {
    if (fold === 'folded' && item.kind === 'message') return <FoldedRow message={item.message} />
    // The row above, which bore the name, is folded away.
    const hasHead = opens || fold === 'shown'
    const replyTo = item.kind === 'message' ? item.message.replyTo : item.replyTo
    return (
      <li
        class={hasHead ? 'message message--opens' : 'message'}
        aria-current={isTarget ? 'true' : undefined}
        data-state={item.kind}
        data-seq={seqOf(item)}
        data-key={item.key}
        tabIndex={-1}
      >
        {hasHead && <Avatar name={author} />}
        <div class="message__body">
          {hasHead ? (
            <p class="message__author">
              <span class={`message__name hue-${hueOf(author)}`} dir="auto">
                {author}
              </span>
              <Time time={time} />
            </p>
          ) : (
            <span class="message__gutter">
              <span class="visually-hidden">{author}</span>
              <Time time={time} brief />
            </span>
          )}
          {replyTo !== undefined && <Quote seq={replyTo} />}
          <Content item={item} />
          {fold === 'shown' && item.kind === 'message' && <ShownNote message={item.message} />}
        </div>
        {isActive && item.kind === 'message' && !item.message.deleted && (
          <div class="message-actions message-actions--bar" role="toolbar" aria-label={t.room.actions.label}>
            <MessageActionButtons message={item.message} emoji={3} />
          </div>
        )}
      </li>
    )
  }
}

function Content({ item }: { item: TimelineItem }) {
  switch (item.kind) {
    case 'message': {
      const { message, editing, editId, refused } = item
      const waiting = editing === 'pending' ? editId : undefined
      if (message.deleted) {
        return (
          <>
            <p class="message__deleted">{t.room.timeline.deleted}</p>
            {waiting !== undefined && (
              <PendingNote id={waiting} unsaved={item.unsaved} label={t.room.timeline.keep} />
            )}
          </>
        )
      }
      return (
        <>
          <MentioningText
            body={message.body}
            mark={
              message.edited && <span class="message__mark">({t.room.timeline.edited(message.editor)})</span>
            }
          />
          {refused && editId !== undefined && (
            <FailedNote
              id={editId}
              why={`${t.room.refused[refused.event]} ${problemText(refused.code, refused.reason)}`}
              discardLabel={refused.event === 'deleteChat' ? t.room.timeline.keep : t.room.timeline.discard}
            />
          )}
          {waiting !== undefined && (
            <PendingNote id={waiting} unsaved={item.unsaved} label={t.room.timeline.discard} />
          )}
          {message.reactions && <Reactions message={message} />}
        </>
      )
    }
    case 'pending':
      return (
        <>
          <MentioningText body={item.body} />
          <span class="visually-hidden">({t.room.timeline.pending})</span>
          <PendingNote id={item.id} unsaved={item.unsaved} label={t.room.timeline.takeBack} />
        </>
      )
    case 'failed':
      return (
        <>
          <MentioningText body={item.body} />
          <FailedNote
            id={item.id}
            why={`${t.room.timeline.failed} ${reasonOf(item)}`}
            discardLabel={t.room.timeline.discard}
          />
        </>
      )
    default:
      return item satisfies never
  }
}

function reasonOf({ code, reason, until }: Extract<TimelineItem, { kind: 'failed' }>): string {
  if (code === 'muted' && until !== undefined)
    return t.room.timeline.cannotPostUntil(momentName(until, Date.now()))
  return problemText(code, reason)
}

function Time({ time, brief = false }: { time: number; brief?: boolean }) {
  return (
    <time class="message__time" dateTime={new Date(time).toISOString()} title={exactTime(time)}>
      {brief ? briefTime(time) : clockTime(time)}
    </time>
  )
}

function seqOf(item: TimelineItem): number | undefined {
  return item.kind === 'message' ? item.message.seq : undefined
}
