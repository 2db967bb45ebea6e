import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { dayName, momentName } from '../i18n/dates.ts'
import { t } from '../i18n/strings.ts'
import { createRoomApi } from '../net/room-api.ts'
import { useRoom } from '../room/room-context.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'
import { fingerprintOf } from './fingerprint.ts'
import { MemberActions } from './member-actions.tsx'
import { createMembersStore, type ListedMember, type MembersStore } from './members-store.ts'

/** Beyond any temporary ban: a ban that ends later is permanent. */
const NO_END = 8e15

/** Everyone who has joined the room, with the actions about each. */
export function MembersList({ isTransfer = false }: { isTransfer?: boolean }) {
  const { room, self } = useRoom()
  const store = useMembers(room)
  const open = useSignal<string | undefined>(undefined)
  const people = store.people.value
  return (
    <>
      {isTransfer && <p class="moderation__note">{t.moderation.transferMore}</p>}
      {people === undefined && <p role="status">{store.problem.value || t.moderation.loading}</p>}
      <ul class="moderation__list">
        {people?.toSorted(byPresence).map((person) => {
          const isSelf = person.by === self.joined.value?.by
          const isOpen = open.value === person.by
          return (
            <li key={person.by} class="member-row">
              <button
                type="button"
                class="member-row__head"
                aria-expanded={isOpen}
                onClick={() => {
                  open.value = isOpen ? undefined : person.by
                }}
              >
                <Avatar name={person.username} />
                <span class="member-row__name">
                  <bdi>{person.username}</bdi>
                  {isSelf && ` (${t.room.people.you})`}
                </span>
                <span class="member-row__facts">
                  {[...notesOf(person), fingerprintOf(person.by)].join(' · ')}
                </span>
                <Icon name={isOpen ? 'up' : 'down'} />
              </button>
              {isOpen && <MemberActions person={person} store={store} />}
            </li>
          )
        })}
      </ul>
    </>
  )
}

export function useMembers(room: string): MembersStore {
  const store = useMemo(() => createMembersStore(createRoomApi(room)), [room])
  useEffect(() => {
    store.load()
  }, [store])
  return store
}

/** A person's role and state, in words. */
export function notesOf({ role, here, seen, mutedUntil, bannedUntil }: ListedMember): string[] {
  const now = Date.now()
  const notes = [
    t.moderation.roles[role],
    here ? t.moderation.here : t.moderation.lastSeen(dayName(seen, now)),
  ]
  if (mutedUntil > now) notes.push(t.moderation.mutedUntil(momentName(mutedUntil, now)))
  if (bannedUntil > NO_END) notes.push(t.moderation.banned)
  else if (bannedUntil > now) notes.push(t.moderation.bannedUntil(momentName(bannedUntil, now)))
  return notes
}

const alphabet = new Intl.Collator(undefined, { numeric: true })

function byPresence(a: ListedMember, b: ListedMember): number {
  return Number(b.here) - Number(a.here) || alphabet.compare(a.username, b.username)
}
