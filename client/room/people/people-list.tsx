import { loadWords } from '../../i18n/language.ts'
import { t } from '../../i18n/strings.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { lazy } from '../../ui/lazy.tsx'
import { useRoom } from '../room-context.ts'

const RoomCost = lazy(async () => {
  await loadWords('moderation')
  return (await import('./room-cost.tsx')).RoomCost
})

const alphabet = new Intl.Collator(undefined, { numeric: true })

/** The people who are here. A click on a name opens a private room with them. */
export function PeopleList() {
  const { room, self, info, people, moderation, invitations } = useRoom()
  const ownName = self.name.value
  const invitee = invitations.invitee.value
  const others = people.present.value.filter(({ username }) => username !== ownName)
  const more = people.online.value - people.present.value.length
  return (
    <section class="people">
      <h2 class="people__title">
        {t.room.people.hereNow}{' '}
        {people.online.value > 0 && <span class="people__count">{t.door.number(people.online.value)}</span>}
      </h2>
      <ul class="people__list" aria-label={t.room.people.label}>
        <li class="person">
          <Avatar name={ownName} />
          <span class="person__name" dir="auto">
            {ownName}
          </span>
          <span class="person__note">({t.room.people.you})</span>
        </li>
        {others.sort(byName).map(({ username, by }) => (
          <li key={username} class="person-row">
            {info.isPrivate.value ? (
              <PlainPerson username={username} />
            ) : (
              <button
                type="button"
                class="person person--button"
                title={t.room.people.talkPrivately(username)}
                aria-disabled={invitee !== undefined}
                onClick={() => invitee === undefined && invitations.invite(username)}
              >
                <span class="visually-hidden">{t.room.people.talkPrivately(username)}</span>
                <Avatar name={username} />
                <span class="person__name" dir="auto" aria-hidden="true">
                  {username}
                </span>
                <Icon name="door" />
              </button>
            )}
            {(by !== undefined || self.isModerator.value) && (
              <button
                type="button"
                class="person-row__more"
                aria-label={t.room.moderation.aboutMember(username)}
                aria-haspopup="dialog"
                onClick={() => {
                  moderation.dialog.value = { kind: 'person', username, by }
                }}
              >
                <Icon name="more" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && <p class="people__more">{t.room.people.more(more)}</p>}
      {info.mayReadUsage.value && <RoomCost room={room} />}
    </section>
  )
}

function PlainPerson({ username }: { username: string }) {
  return (
    <span class="person">
      <Avatar name={username} />
      <span class="person__name" dir="auto">
        {username}
      </span>
    </span>
  )
}

function byName(a: { username: string }, b: { username: string }) {
  return alphabet.compare(a.username, b.username)
}
