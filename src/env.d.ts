import type { DeviceTransfer } from './durable/DeviceTransfer.ts'
import type { Directory } from './durable/Directory.ts'
import type { Quota } from './durable/Quota.ts'
import type { Room } from './durable/room/Room.ts'
import type { BegunConfig } from './durable/room/unbegun-room.ts'
import type { HostsConfig } from './http/other-hosts.ts'
import type { Config } from './platform/config.ts'
import type { AddressConfig } from './platform/identity/address.ts'
import type { PlaceConfig } from './platform/places.ts'

// What wrangler.toml binds. `env` of "cloudflare:workers", `this.env` of a Durable Object and the tests all
// take their types from here.
declare global {
  namespace Cloudflare {
    interface Env extends Config, AddressConfig, HostsConfig, BegunConfig, PlaceConfig {
      ROOMS: DurableObjectNamespace<Room>
      DIRECTORY: DurableObjectNamespace<Directory>
      HANDOVERS: DurableObjectNamespace<DeviceTransfer>
      QUOTAS: DurableObjectNamespace<Quota>
      ASSETS: Fetcher
      ADMIN_TOKEN?: string
      TURNSTILE_SITE_KEY?: string
      TURNSTILE_SECRET_KEY?: string
      API_RATE?: RateLimit
      ANALYTICS?: AnalyticsEngineDataset
    }
    interface GlobalProps {
      mainModule: typeof import('./worker.ts')
      durableNamespaces: 'Room' | 'Directory' | 'Handover' | 'Quota'
    }
  }
  interface Env extends Cloudflare.Env {}
}
