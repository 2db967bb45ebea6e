import { WorkerEntrypoint } from 'cloudflare:workers'
import { AttemptLimit } from '../http/attempt-limit.ts'
import { refuseOtherHosts } from '../http/other-hosts.ts'
import hallway from '../worker.ts'
import { type Page, pageFile } from './page-file.ts'
import { roomsWithSockets, type ServedRoom } from './served-room.ts'

export { Directory, Handover, Quota } from '../worker.ts'
export { QuotaNames, Quotas } from './quotas.ts'
export { ServedRoom as Room } from './served-room.ts'

/** What the configuration binds beside the product's own. Cloudflare has these of its own, or needs none. */
interface ServeEnv extends Env, Page {
  /** How many calls to the API one network may make in a minute. */
  API_CALLS_A_MINUTE?: string
}

const API_CALLS_A_MINUTE = 600
/** Longer than people with a working connection take to confirm a close. */
const CLOSING_MS = 1_000
const CLOSING_STEP_MS = 20

let stopping = false

/** The product as one program: the files of the page first, then the Worker, as on Cloudflare. */
export default {
  fetch(request: Request, env: ServeEnv, ctx: ExecutionContext): Response | Promise<Response> {
    if (stopping) return new Response(null, { status: 503, headers: { 'Retry-After': '1' } })
    return refuseOtherHosts(request, env) ?? pageFile(request, env) ?? hallway.fetch(request, env, ctx)
  },
}

/** The binding ASSETS. */
export class PageFiles extends WorkerEntrypoint<ServeEnv> {
  override fetch(request: Request): Response {
    return pageFile(request, this.env) ?? new Response(null, { status: 404 })
  }
}

interface FilesEnv extends Env {
  /** The folder of the data. */
  FILES: Fetcher
  /** The folder of the rooms in it. */
  ROOM_FOLDER: string
}

/** The binding BEGUN. workerd makes an object's file when it is first called. */
export class BegunRooms extends WorkerEntrypoint<FilesEnv> {
  async has(room: string): Promise<boolean> {
    const { ROOMS, FILES, ROOM_FOLDER } = this.env
    const path = `/${ROOM_FOLDER}/${ROOMS.idFromName(room)}.sqlite`
    return (await FILES.fetch(`http://files${path}`, { method: 'HEAD' })).ok
  }
}

let apiCalls: AttemptLimit | undefined

/** The binding API_RATE. */
export class ApiRate extends WorkerEntrypoint<ServeEnv> {
  limit({ key }: RateLimitOptions): RateLimitOutcome {
    apiCalls ??= new AttemptLimit(Number(this.env.API_CALLS_A_MINUTE) || API_CALLS_A_MINUTE)
    const now = Date.now()
    if (apiCalls.wait(key, now) > 0) return { success: false }
    apiCalls.count(key, now)
    return { success: true }
  }
}

interface ControlEnv {
  ROOMS: DurableObjectNamespace<ServedRoom>
}

/** What the launcher asks, on a socket of its own that only it can reach. */
export class Control extends WorkerEntrypoint<ControlEnv> {
  /** Tells everyone to come back, and answers once they have heard it or some time has passed. */
  override async fetch(): Promise<Response> {
    stopping = true
    await Promise.allSettled(roomsWithSockets().map((room) => this.env.ROOMS.getByName(room).restart()))
    for (let waited = 0; roomsWithSockets().length > 0 && waited < CLOSING_MS; waited += CLOSING_STEP_MS)
      await scheduler.wait(CLOSING_STEP_MS)
    return Response.json({ open: roomsWithSockets().length })
  }
}
