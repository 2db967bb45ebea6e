import { connect, createServer, type Socket } from 'node:net'
import { FrameReader } from './frame-reader.ts'

/** From client to server (up), and back (down). */
export type Direction = 'up' | 'down'

/**
 * A TCP proxy that disturbs connections as networks do: it stalls them, leaves them half open, cuts them, and loses
 * single frames of the server. Each connection is one WebSocket.
 */
export interface ChaosProxy {
  readonly url: string
  /** Every connection so far, oldest first. */
  readonly links: readonly Link[]
  readonly newest: Link
  /** Decides for each text frame of the server whether it is lost. */
  loses: (text: string, link: Link) => boolean
  /** Whether new connections are refused. */
  refuses: boolean
  /** New connections wait for this, as at an edge whose server is being replaced. */
  gate: Promise<unknown>
  close(): Promise<void>
}

export async function openChaosProxy(port: number): Promise<ChaosProxy> {
  const links: Link[] = []
  const server = createServer({ noDelay: true }, async (client) => {
    client.on('error', () => {})
    if (proxy.refuses) client.resetAndDestroy()
    await proxy.gate
    if (client.destroyed) return
    const upstream = connect({ port, host: 'localhost', noDelay: true })
    links.push(new Link(client, upstream, (text, link) => proxy.loses(text, link)))
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  const proxy: ChaosProxy = {
    url: `http://localhost:${typeof address === 'object' ? address?.port : ''}`,
    links,
    get newest() {
      const link = links.at(-1)
      if (link === undefined) throw new Error('No connection was made')
      return link
    },
    loses: () => false,
    refuses: false,
    gate: Promise.resolve(),
    close() {
      for (const link of links) link.cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return proxy
}

/** One connection through the proxy. */
export class Link {
  /** Every whole text frame so far, lost frames included. */
  readonly sentByClient: string[] = []
  readonly sentByServer: string[] = []
  readonly #client: Socket
  readonly #server: Socket
  readonly #lanes: Record<Direction, Lane>

  constructor(client: Socket, server: Socket, loses: (text: string, link: Link) => boolean) {
    this.#client = client
    this.#server = server
    const fromClient = new FrameReader((text) => {
      this.sentByClient.push(text)
      return true
    })
    const fromServer = new FrameReader((text) => {
      this.sentByServer.push(text)
      return !loses(text, this)
    })
    this.#lanes = { up: new Lane(client, server, fromClient), down: new Lane(server, client, fromServer) }
  }

  /** Holds frames back until `release`, which sends them on in order. */
  stall(...directions: Direction[]): void {
    for (const direction of directions) this.#lanes[direction].stall()
  }

  release(): void {
    for (const lane of Object.values(this.#lanes)) lane.release()
  }

  /** Silently drops everything in these directions from now on, the end of the connection included. */
  swallow(...directions: Direction[]): void {
    for (const direction of directions) this.#lanes[direction].swallow()
  }

  /** Both sides see their connection reset. */
  cut(): void {
    this.#client.resetAndDestroy()
    this.#server.resetAndDestroy()
  }
}

/** One direction of a connection. */
class Lane {
  readonly #from: Socket
  #isStalled = false
  #swallows = false

  constructor(from: Socket, to: Socket, frames: FrameReader) {
    this.#from = from
    from.on('data', (bytes) => {
      if (this.#swallows) return
      const kept = frames.take(bytes)
      if (kept.length > 0 && !to.write(kept)) from.pause()
    })
    to.on('drain', () => this.#resume())
    from.on('end', () => {
      if (!this.#swallows) to.end()
    })
    from.on('error', () => {})
    from.on('close', () => {
      if (!this.#swallows) to.destroy()
    })
  }

  stall(): void {
    this.#isStalled = true
    this.#from.pause()
  }

  release(): void {
    this.#isStalled = false
    this.#resume()
  }

  swallow(): void {
    this.#swallows = true
    this.#from.resume()
  }

  #resume(): void {
    if (!this.#isStalled) this.#from.resume()
  }
}
