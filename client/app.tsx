import { FrontPage } from './front/front-page.tsx'
import { Announcer } from './parts/announcer.tsx'
import { ErrorBoundary } from './parts/error-boundary.tsx'
import { NowherePage } from './parts/nowhere-page.tsx'
import { RoomPage } from './room/room-page.tsx'
import type { Route } from './route.ts'
import { route } from './router.ts'

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
    case 'nowhere':
      return <NowherePage />
    default:
      return route satisfies never
  }
}
