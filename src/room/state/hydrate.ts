import { LIMITS } from '../../protocol/limits.ts'
import { DEFAULT_SIZES } from '../model/sizes.ts'
import { DEFAULT_THROTTLES, readingRate } from '../model/throttles.ts'
import { times } from '../model/token-bucket.ts'
import type { Connection } from './connection.ts'
import { ConnectionLimits } from './connection-limits.ts'
import { CreditAccounts } from './credit-accounts.ts'
import { EphemeralEvents } from './ephemeral-events.ts'
import { Log } from './log.ts'
import { PendingReports } from './pending-reports.ts'
import { Presence } from './presence.ts'
import { RateLimiter } from './rate-limiter.ts'
import type { RoomOptions, RoomState } from './state.ts'
import { type Unread, UnreadOutput } from './unread-output.ts'
import { Watchers } from './watchers.ts'
import { WriteGate } from './write-gate.ts'

/** The state of a room from its store, and the connections and closed sockets that outlived its sleep. */
export function hydrate(
  options: RoomOptions,
  outlived: Iterable<Connection>,
  unread: Iterable<Unread>,
): RoomState {
  const { store, rate, throttles = DEFAULT_THROTTLES, sizes = DEFAULT_SIZES } = options
  const connections = new Set(outlived)
  const presence = new Presence(connections)
  const ephemeral = new EphemeralEvents(() => presence.count)
  // The roster may have changed while the room slept.
  if (presence.count > 0) ephemeral.rosterChanged(0)
  const record = store.record()
  return {
    options,
    store,
    sizes,
    writes: options.writes ?? new WriteGate(),
    connections,
    presence,
    ephemeral,
    limiter: new RateLimiter(rate),
    watchers: new Watchers(connections),
    networks: new RateLimiter(throttles.network),
    networkRefusals: new RateLimiter({
      burst: LIMITS.networkRefusalBurst,
      perSecond: LIMITS.networkRefusalsPerSecond,
    }),
    reading: new RateLimiter(readingRate(rate)),
    networkReading: new RateLimiter(readingRate(throttles.network)),
    appeals: new RateLimiter(throttles.appeals),
    networkAppeals: new RateLimiter(times(throttles.appeals, LIMITS.networkAppeals)),
    pages: [],
    waiting: [],
    pendingReports: new PendingReports(),
    spoke: new Map(),
    openingPairs: new Map(),
    connectionLimits: new ConnectionLimits(throttles.arrivals, connections),
    unread: new UnreadOutput(unread),
    accounts: new CreditAccounts(options.counted, connections),
    staleLookedAt: 0,
    setBackAt: undefined,
    log: record && new Log(store, record),
  }
}
