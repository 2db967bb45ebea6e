import { LIMITS } from '../../protocol/limits.ts'
import type { Rate } from './token-bucket.ts'

/** Rates besides that of one person's frames. */
export interface Throttles {
  /** Frames of everyone at one address. */
  network: Rate
  /** New sockets from one address. */
  arrivals: Rate
  /** One person's requests that others see: invitations to private rooms, and reports. */
  appeals: Rate
}

export const DEFAULT_THROTTLES: Throttles = {
  network: { burst: LIMITS.networkBurst, perSecond: LIMITS.networkPerSecond },
  arrivals: { burst: LIMITS.arrivalBurst, perSecond: LIMITS.arrivalsPerSecond },
  appeals: { burst: LIMITS.appealBurst, perSecond: LIMITS.appealsPerMinute / 60 },
}

/** The rate of reading, in units of its price: that of frames, with a burst that pays for a full resume. */
export function readingRate({ burst, perSecond }: Rate): Rate {
  return { burst: burst * LIMITS.readingBursts, perSecond }
}
