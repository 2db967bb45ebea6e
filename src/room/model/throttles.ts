import { LIMITS } from '../../protocol/limits.ts'
import type { Rate } from './token-bucket.ts'

/** How fast things may come that are not one person's frames. */
export interface Throttles {
  /** Frames of all from one address. */
  network: Rate
  /** Sockets from one address. */
  arrivals: Rate
  /** What one person asks of others: invitations to private rooms, and reports. */
  appeals: Rate
}

export const DEFAULT_THROTTLES: Throttles = {
  network: { burst: LIMITS.networkBurst, perSecond: LIMITS.networkPerSecond },
  arrivals: { burst: LIMITS.arrivalBurst, perSecond: LIMITS.arrivalsPerSecond },
  appeals: { burst: LIMITS.appealBurst, perSecond: LIMITS.appealsPerMinute / 60 },
}
