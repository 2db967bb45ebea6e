import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { roomPath } from '../../src/protocol/names.ts'
import { t } from '../i18n/strings.ts'
import { unreadCountOf, unreadWordsOf } from '../notifications/unread-words.ts'
import type { WaitingInvitation } from '../storage/room-summaries.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { Icon } from '../ui/icon.tsx'
import { acceptInvitation, dismissInvitation, waitingInvitations, watchedRooms } from './background.ts'
import type { ListedRoom } from './room-list.ts'
import { RoomMenu } from './room-menu.tsx'

/** Waiting invitations, then the person's rooms with their unread counts. */
export function RoomRows() {
  const list = useRef<HTMLUListElement>(null)
  const asked = useSignal<ListedRoom | undefined>(undefined)
  const invitations = waitingInvitations.value
  return (
    <>
      {invitations.length > 0 && (
        <ul class="rooms__list rooms__list--waiting" aria-label={t.room.rooms.invitations}>
          {invitations.map((one) => (
            <WaitingRow key={one.room} waiting={one} />
          ))}
        </ul>
      )}
      <ul ref={list} class="rooms__list" aria-label={t.room.rooms.title}>
        {watchedRooms.value.map((listed) => (
          <RoomRow
            key={listed.room}
            listed={listed}
            more={() => {
              asked.value = listed
            }}
          />
        ))}
      </ul>
      {asked.value && (
        <RoomMenu
          listed={asked.value}
          onClose={() => {
            asked.value = undefined
          }}
          onForgotten={() => list.current?.querySelector('a')?.focus()}
        />
      )}
    </>
  )
}

function RoomRow({ listed, more }: { listed: ListedRoom; more(): void }) {
  const { room, title, companion, isOpen, unread } = listed
  return (
    <li class="room-row">
      <a
        class={unread ? 'room-row__room room-row__room--unread' : 'room-row__room'}
        href={roomPath(room)}
        title={title}
        aria-current={isOpen ? 'page' : undefined}
      >
        <span class="visually-hidden">{unread ? t.room.rooms.row(title, unreadWordsOf(unread)) : title}</span>
        <RoomFace companion={companion} />
        <span class="room-row__name" dir="auto" aria-hidden="true">
          {companion ?? title}
        </span>
        {unread && <Badge count={unreadCountOf(unread)} called={unread.called} />}
      </a>
      <button
        type="button"
        class="room-row__more"
        aria-label={t.room.rooms.menu(title)}
        aria-haspopup="dialog"
        onClick={more}
      >
        <Icon name="more" />
      </button>
    </li>
  )
}

/** The other person's avatar for a private room, a door for any other. */
export function RoomFace({ companion }: { companion: string | undefined }) {
  return companion === undefined ? <Icon name="door" /> : <Avatar name={companion} />
}

function WaitingRow({ waiting: one }: { waiting: WaitingInvitation }) {
  const { room, from } = one
  return (
    <li class="room-row room-row--waiting">
      <a class="room-row__room" href={roomPath(room)} onClick={() => acceptInvitation(one)}>
        <Avatar name={from} />
        <span class="room-row__name">{t.room.rooms.invited(from)}</span>
      </a>
      <button
        type="button"
        class="room-row__more"
        aria-label={t.room.rooms.dismissInvitation(from)}
        onClick={() => dismissInvitation(one)}
      >
        <Icon name="close" />
      </button>
    </li>
  )
}
