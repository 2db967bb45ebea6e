import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { may } from '../../src/protocol/roles.ts'
import { momentName } from '../i18n/dates.ts'
import { t } from '../i18n/strings.ts'
import { createRoomApi } from '../net/room-api.ts'
import { useRoom } from '../room/room-context.ts'
import { CopyLink } from '../ui/copy-link.tsx'
import { RadioChoice } from '../ui/form-fields.tsx'
import { roleName } from './audit-note.ts'
import { createInviteLinksStore, type ListedInviteLink } from './invite-links-store.ts'

const HOUR = 60 * 60_000
const SPANS = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, ever: undefined } as const
type Span = keyof typeof SPANS
const TIMES = [1, 10, 0]
const GUESTS = ['member', 'reader', 'moderator'] as const

const { link } = t.moderation

/** The room's invite links. */
export function InviteLinksList() {
  const { room, self, info } = useRoom()
  const store = useMemo(() => createInviteLinksStore(createRoomApi(room)), [room])
  useEffect(() => {
    store.load()
  }, [store])
  const role = useSignal<(typeof GUESTS)[number]>('member')
  const span = useSignal<Span>('week')
  const times = useSignal(1)
  // Only owners appoint moderators.
  const guests = GUESTS.filter(
    (one) => one !== 'moderator' || may('govern', self.role.value, info.access.value),
  )

  function make(event: Event) {
    event.preventDefault()
    const expiresInMs = SPANS[span.value]
    store.make({
      role: role.value,
      ...(expiresInMs === undefined ? {} : { expiresInMs }),
      ...(times.value === 0 ? {} : { uses: times.value }),
    })
  }

  return (
    <>
      <p class="moderation__note">{t.moderation.linksMore}</p>
      <form class="moderation__form moderation__form--row" onSubmit={make}>
        <RadioChoice
          label={link.role}
          value={role.value}
          options={guests.map((one) => [one, t.moderation.roles[one]])}
          onPick={(picked) => {
            role.value = guests.find((one) => one === picked) ?? 'member'
          }}
        />
        <RadioChoice
          label={link.expires}
          value={span.value}
          options={Object.entries(link.spans)}
          onPick={(picked) => {
            span.value = picked as Span
          }}
        />
        <RadioChoice
          label={link.uses}
          value={String(times.value)}
          options={TIMES.map((uses) => [String(uses), link.times(uses)])}
          onPick={(picked) => {
            times.value = Number(picked)
          }}
        />
        <button type="submit" class={store.made.value ? 'button' : 'button button--primary'}>
          {link.make}
        </button>
      </form>
      {store.made.value && <Made key={store.made.value} url={store.made.value} />}
      <p class="moderation__problem" role="alert">
        {store.problem.value}
      </p>
      <Known links={store.links.value} revoke={store.revoke} />
    </>
  )
}

/** Scrolls into view: the address can be copied only now. */
function Made({ url }: { url: string }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <div ref={place} class="moderation__new-link" role="status">
      <p>{link.made}</p>
      <p class="moderation__url" dir="ltr">
        {url}
      </p>
      <CopyLink url={url} primary />
    </div>
  )
}

function Known({
  links,
  revoke,
}: {
  links: readonly ListedInviteLink[] | undefined
  revoke(hash: string): void
}) {
  if (links === undefined) return <p role="status">{t.moderation.loading}</p>
  if (links.length === 0) return <p class="moderation__hint">{link.none}</p>
  return (
    <ul class="moderation__list">
      {links.map((one) => (
        <li key={one.hash} class="link-row">
          <span class="link-row__what">
            <span class="link-row__role">{roleName(one.role)}</span>
            <span class="moderation__hint">{wordsOf(one).join(' · ')}</span>
          </span>
          <button type="button" class="button" onClick={() => revoke(one.hash)}>
            {link.revoke}
          </button>
        </li>
      ))}
    </ul>
  )
}

function wordsOf({ madeAt, expires, uses, waiting }: ListedInviteLink): string[] {
  const now = Date.now()
  const words = [link.madeAt(momentName(madeAt, now))]
  if (uses !== undefined) words.push(link.left(uses))
  if (expires !== undefined) words.push(link.until(momentName(expires, now)))
  if (waiting !== undefined) words.push(link.waiting(waiting))
  return words
}
