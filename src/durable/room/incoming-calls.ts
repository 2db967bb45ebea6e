import type { Visitor } from '../../room/model/access.ts'
import type { LiveRoom } from './live-room.ts'
import { type Caller, checkVersion, visitorOf } from './room-caller.ts'

/** The calls that come to a room over RPC. Each is counted, because the platform bills it as a request. */
export class IncomingCalls {
  readonly #room: string
  readonly #live: () => LiveRoom

  constructor(room: string, live: () => LiveRoom) {
    this.#room = room
    this.#live = live
  }

  /** A call of the Worker for someone. */
  async from<T>(asker: Caller, work: (live: LiveRoom, who: Visitor, now: number) => T): Promise<Awaited<T>> {
    this.#live().meter.call('calls')
    checkVersion(asker)
    const who = await visitorOf(asker, this.#room)
    // Only now: the room may have been erased meanwhile.
    const answer = await work(this.#live(), who, Date.now())
    this.#live().core.skipRows()
    return answer
  }

  /** A call of the Worker on its own account. */
  fromWorker(): LiveRoom {
    return this.#counted('calls')
  }

  fromRoom(): LiveRoom {
    return this.#counted('errands')
  }

  #counted(from: 'calls' | 'errands'): LiveRoom {
    const live = this.#live()
    live.meter.call(from)
    return live
  }
}
