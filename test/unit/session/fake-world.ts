import {
  MemoryOutbox,
  type OutboxStore,
  openSession,
  type Session,
  type SessionOptions,
} from '../../../client/session/index.ts'
import { FakeClock } from './fake-clock.ts'
import { Wire } from './fake-network.ts'
import { FakeServer } from './fake-server.ts'

/** A session in fake surroundings. */
export interface Client {
  session: Session
  /** Every connection it opened, oldest first. */
  wires: Wire[]
  /** The newest connection. */
  readonly wire: Wire
}

export class FakeWorld {
  readonly clock = new FakeClock()
  readonly server = new FakeServer()
  latency = (): number => 5
  random = (): number => 0.5
  /** While true, no connection opens. */
  unreachable = false
  problem: { code: string; message: string } | undefined
  #ids = 0

  newId = (): string => {
    this.#ids += 1
    return `id-${this.#ids}`
  }

  open(options: Partial<SessionOptions> & { by?: string; outbox?: OutboxStore } = {}): Client {
    const { by = 'me', ...rest } = options
    const wires: Wire[] = []
    const session = openSession({
      room: 'main',
      username: by,
      connect: (handlers) => {
        if (this.unreachable) {
          const cancel = this.clock.after(this.latency(), () => handlers.close(1006))
          return { send: () => {}, close: cancel }
        }
        const wire = new Wire(
          { clock: this.clock, server: this.server, latency: () => this.latency() },
          handlers,
          by,
        )
        wires.push(wire)
        return wire.socket
      },
      diagnose: async () => this.problem,
      outbox: new MemoryOutbox(),
      clock: this.clock,
      random: () => this.random(),
      newId: this.newId,
      online: true,
      ...rest,
    })
    return {
      session,
      wires,
      get wire() {
        const wire = wires.at(-1)
        if (wire === undefined) throw new Error('No connection was made')
        return wire
      },
    }
  }
}

/** The text of each row of the timeline; unsent rows with their kind. */
export function shownTexts(session: Session): string[] {
  return session.view.timeline.map((item) =>
    item.kind === 'message' ? item.message.body : `${item.body} (${item.kind})`,
  )
}
