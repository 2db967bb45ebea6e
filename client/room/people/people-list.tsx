import { t } from '../../i18n/strings.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useRoom } from '../room-context.ts'
import { RoomCost } from './room-cost.tsx'

const alphabet = new Intl.Collator(undefined, { numeric: true })

/** Who is here. A click on someone opens a room for two. */
export function PeopleList() {
  const { people, online, selfName, invite, invitations, isPrivate, house } = useRoom()
  const self = selfName.value
  const asking = invitations.asking.value
  const others = people.value.filter(({ username }) => username !== self)
  const more = online.value - people.value.length
  return (
    <section class="people">
      <h2 class="people__title">
        {t.room.people.hereNow}{' '}
        {online.value > 0 && <span class="people__count">{t.door.number(online.value)}</span>}
      </h2>
      <ul class="people__list" aria-label={t.room.people.label}>
        <li class="person">
          <Avatar name={self} />
          <span class="person__name" dir="auto">
            {self}
          </span>
          <span class="person__note">({t.room.people.you})</span>
        </li>
        {others.sort(byName).map(({ username, by }) => (
          <li key={username} class="person-row">
            {isPrivate.value ? (
              <PlainPerson username={username} />
            ) : (
              <button
                type="button"
                class="person person--button"
                title={t.room.people.talkPrivately(username)}
                aria-disabled={asking !== undefined}
                onClick={() => asking === undefined && invite(username)}
              >
                <span class="unseen">{t.room.people.talkPrivately(username)}</span>
                <Avatar name={username} />
                <span class="person__name" dir="auto" aria-hidden="true">
                  {username}
                </span>
                <Icon name="door" />
              </button>
            )}
            {(by !== undefined || house.leads.value) && (
              <button
                type="button"
                class="person-row__more"
                aria-label={t.room.moderation.aboutMember(username)}
                aria-haspopup="dialog"
                onClick={() => {
                  house.asked.value = { kind: 'person', username, by }
                }}
              >
                <Icon name="more" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && <p class="people__more">{t.room.people.more(more)}</p>}
      <RoomCost />
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
