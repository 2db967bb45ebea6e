import { RoomPage } from './entrance/room-page.tsx'
import { FrontPage } from './home/front-page.tsx'
import { loadWords } from './i18n/language.ts'
import { TransferHost } from './identity/transfer-host.tsx'
import type { Route } from './routing/route.ts'
import { route } from './routing/router.ts'
import { ReceiveHost } from './share/receive-host.tsx'
import { Announcer } from './ui/announcer.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { lazyPage } from './ui/lazy-page.tsx'
import { NowherePage } from './ui/nowhere-page.tsx'

const ChallengePage = lazyPage(async () => {
  await loadWords('identity')
  return (await import('./entrance/challenge-page.tsx')).ChallengePage
})

export function App() {
  const here = route.value
  return (
    <>
      <ErrorBoundary key={here.kind === 'room' ? here.room : here.kind}>
        <Page route={here} />
      </ErrorBoundary>
      <Announcer />
    </>
  )
}

function Page({ route }: { route: Route }) {
  switch (route.kind) {
    case 'front':
      return <FrontPage />
    case 'room':
      return <RoomPage key={route.room} room={route.room} />
    case 'transfer':
      return <TransferHost />
    case 'challenge':
      return <ChallengePage />
    case 'share':
      return <ReceiveHost />
    case 'nowhere':
      return <NowherePage />
    default:
      return route satisfies never
  }
}
