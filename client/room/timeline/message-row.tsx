import { Avatar } from '../../parts/avatar.tsx'
import { Pure } from '../../parts/pure.tsx'
import type { TimelineItem } from '../../session/types.ts'
import { briefTime, clockTime, exactTime } from '../../strings/dates.ts'
import { t } from '../../strings/strings.ts'
import { MessageText } from '../../text/message-text.tsx'
import { hueOf } from '../../text/person.ts'
import { DeedButtons } from './deed-buttons.tsx'
import { FailedNote } from './failed-note.tsx'
import { Quote } from './quote.tsx'
import { Reactions } from './reactions.tsx'

interface Props {
  item: TimelineItem
  author: string
  time: number
  opens: boolean
  /** Whether a pointer or the keyboard is at it. */
  isActive: boolean
}

/** One message, the same element from the moment it is written until long after it is sent. */
export class MessageRow extends Pure<Props> {
  override render({ item, author, time, opens, isActive }: Props) {
    const replyTo = item.kind === 'message' ? item.message.replyTo : item.replyTo
    return (
      <li
        class={opens ? 'message message--opens' : 'message'}
        data-state={item.kind}
        data-seq={seqOf(item)}
        tabIndex={-1}
      >
        {opens && <Avatar name={author} />}
        <div class="message__body">
          {opens ? (
            <p class="message__author">
              <span class={`message__name hue-${hueOf(author)}`} dir="auto">
                {author}
              </span>
              <Time time={time} />
            </p>
          ) : (
            <span class="message__gutter">
              <span class="unseen">{author}</span>
              <Time time={time} brief />
            </span>
          )}
          {replyTo !== undefined && <Quote seq={replyTo} />}
          <Content item={item} />
        </div>
        {isActive && item.kind === 'message' && !item.message.deleted && (
          <div class="deeds deeds--bar" role="toolbar" aria-label={t.deeds.label}>
            <DeedButtons message={item.message} emoji={3} />
          </div>
        )}
      </li>
    )
  }
}

function Content({ item }: { item: TimelineItem }) {
  switch (item.kind) {
    case 'message': {
      const { message, editing } = item
      if (message.deleted) return <p class="message__deleted">{t.timeline.deleted}</p>
      return (
        <>
          <MessageText body={message.body} />
          {message.edited && <span class="message__mark">({t.timeline.edited(message.editor)})</span>}
          {editing === 'failed' && (
            <span class="message__mark message__mark--bad">{t.timeline.editFailed}</span>
          )}
          {message.reactions && <Reactions message={message} />}
        </>
      )
    }
    case 'pending':
      return (
        <>
          <MessageText body={item.body} />
          <span class="unseen">({t.timeline.pending})</span>
        </>
      )
    case 'failed':
      return (
        <>
          <MessageText body={item.body} />
          <FailedNote id={item.id} code={item.code} reason={item.reason} />
        </>
      )
    default:
      return item satisfies never
  }
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
