import { FrontPage } from './front/front-page.tsx'
import { MoveHost } from './identity/move-host.tsx'
import { Announcer } from './parts/announcer.tsx'
import { ErrorBoundary } from './parts/error-boundary.tsx'
import { Later } from './parts/later.tsx'
import { NowherePage } from './parts/nowhere-page.tsx'
import { RoomPage } from './room/room-page.tsx'
import type { Route } from './route.ts'
import { route } from './router.ts'
import { ReceiveHost } from './share/receive-host.tsx'

const loadChallenge = () =>
  import('./challenge/challenge-page.tsx').then(({ ChallengePage }) => ChallengePage)

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
    case 'move':
      return <MoveHost />
    case 'challenge':
      return <Later load={loadChallenge} props={{}} />
    case 'share':
      return <ReceiveHost />
    case 'nowhere':
      return <NowherePage />
    default:
      return route satisfies never
  }
}
