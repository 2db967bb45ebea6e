import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { DEFAULT_ROOM, roomPath } from '../../src/protocol/names.ts'
import { t } from '../i18n/strings.ts'
import { makeRoom } from '../net/api.ts'
import { go, isFirstPage } from '../routing/router.ts'
import { SettingsButton } from '../settings/settings-button.tsx'
import { recentRooms } from '../storage/recent-rooms.ts'
import { DoorDrawing } from '../ui/door-drawing.tsx'
import { setTitle } from '../ui/page-title.ts'
import { roomTitle } from '../ui/room-title.ts'
import { Wordmark } from '../ui/wordmark.tsx'
import { DoorLink } from './door-link.tsx'
import { GoToRoom } from './go-to-room.tsx'

/** Doors without a room, as many as the widest screen has space for. */
const FAR_DOORS = 14

type Starting = 'no' | 'yes' | 'failed' | 'unavailable' | 'used-up' | 'closed'

/** The hallway: a door for each of the person's rooms, and an open one for a new room. */
export function FrontPage() {
  const starting = useSignal<Starting>('no')
  const claim = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    setTitle(t.door.product)
    // The focused element is gone with the room the person left.
    if (!isFirstPage()) claim.current?.focus({ preventScroll: true })
  }, [])

  async function start() {
    if (starting.value === 'yes') return
    starting.value = 'yes'
    const { room, problem } = await makeRoom()
    if (room !== undefined) return go(roomPath(room))
    if (problem?.code === 'forbidden') starting.value = 'closed'
    else if (problem?.code !== 'unavailable') starting.value = 'failed'
    else starting.value = problem.until === undefined ? 'unavailable' : 'used-up'
  }

  return (
    <div class="home">
      <header class="home__top">
        <Wordmark />
        <SettingsButton />
      </header>
      <main class="home__main">
        <div class="home__text">
          <h1 ref={claim} class="home__claim" tabIndex={-1}>
            {t.door.home.claim}
          </h1>
          <p>{t.door.home.more}</p>
          <button
            type="button"
            class="button button--primary button--large"
            aria-disabled={starting.value === 'yes'}
            onClick={start}
          >
            {starting.value === 'yes' ? t.door.home.starting : t.door.home.start}
          </button>
          <p class="field__problem" role="alert">
            {problemWords(starting.value)}
          </p>
          <GoToRoom />
        </div>
      </main>
      <Hall />
    </div>
  )
}

function problemWords(starting: Starting): string | undefined {
  const { startFailed, startProblems } = t.door.home
  if (starting === 'no' || starting === 'yes') return undefined
  return starting === 'failed' ? startFailed : startProblems[starting]
}

/** One door is always ajar; beside it stand the doors of the person's rooms. */
function Hall() {
  const known = recentRooms()
  return (
    <nav class="recent-rooms" aria-label={t.door.home.yourRooms}>
      <ul class="recent-rooms__list">
        <li aria-hidden="true">
          <DoorDrawing state="ajar" />
        </li>
        {known.length === 0 && (
          <li>
            <DoorLink path={roomPath(DEFAULT_ROOM)} title={DEFAULT_ROOM} />
          </li>
        )}
        {known.map(({ room, companion, title }) => (
          <li key={room}>
            <DoorLink path={roomPath(room)} title={roomTitle(room, companion, title)} />
          </li>
        ))}
        {Array.from({ length: FAR_DOORS }, (_, index) => (
          <li key={index} class="recent-rooms__far" aria-hidden="true">
            <DoorDrawing state="shut" />
          </li>
        ))}
      </ul>
    </nav>
  )
}
