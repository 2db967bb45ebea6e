import { LogSampler } from '../../src/platform/billing/log-sampler.ts'
import { addCounts, emptyCounts } from '../../src/platform/billing/usage.ts'
import app, { Handover as ProductHandover, Quota as ProductQuota } from '../../src/worker.ts'

export { Directory, Room } from '../../src/worker.ts'

/** What all rooms of the process counted, as the platform bills it. */
const total = emptyCounts()
/** Rows that the quotas' own storage wrote, and the calls for units of a budget. */
const quotas = { rowsWritten: 0, leases: 0 }

const { add } = LogSampler.prototype
LogSampler.prototype.add = function (counts, sockets, now) {
  addCounts(total, counts)
  add.call(this, counts, sockets, now)
}

/** Counts what an object writes that has no tables. */
function countRows({ storage }: DurableObjectState): void {
  const { kv } = storage
  const put = kv.put.bind(kv)
  kv.put = (key, value) => {
    quotas.rowsWritten += 1
    put(key, value)
  }
  const setAlarm = storage.setAlarm.bind(storage)
  storage.setAlarm = (at, options) => {
    // It is also deleted, one day, and what the object holds.
    quotas.rowsWritten += 2
    return setAlarm(at, options)
  }
}

/** The product's transfer, unchanged except that it counts what it writes. */
export class Handover extends ProductHandover {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    countRows(ctx)
  }
}

/** The product's quota, unchanged except that it counts what it writes. */
export class Quota extends ProductQuota {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    countRows(ctx)
  }

  override lease(...asked: Parameters<ProductQuota['lease']>): ReturnType<ProductQuota['lease']> {
    quotas.leases += 1
    return super.lease(...asked)
  }
}

export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response> {
    if (new URL(request.url).pathname !== '/counts') return app.fetch(request, env, ctx)
    return Response.json({
      ...total,
      rowsWritten: total.rowsWritten + quotas.rowsWritten,
      leases: quotas.leases,
    })
  },
}
