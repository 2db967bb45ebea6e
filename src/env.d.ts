import type { Room } from './durable/Room.ts'

// What wrangler.toml binds. `env` of "cloudflare:workers", `this.env` of a Durable Object and the tests all
// take their types from here.
declare global {
  namespace Cloudflare {
    interface Env {
      ROOMS: DurableObjectNamespace<Room>
      ASSETS: Fetcher
      RATE_BURST?: string
      RATE_PER_SECOND?: string
      ROOM_SOCKETS?: string
      ANALYTICS?: AnalyticsEngineDataset
    }
    interface GlobalProps {
      mainModule: typeof import('./worker.ts')
      durableNamespaces: 'Room'
    }
  }
  interface Env extends Cloudflare.Env {}
}
