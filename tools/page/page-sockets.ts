import type { BrowserContext, WebSocketRoute } from 'playwright-core'

interface Frame {
  event: string
  data: { id?: string; body?: string; [field: string]: unknown }
}

/** Every socket of a visitor's pages, under the control of a test. */
export interface Line {
  /** How many sockets have opened. */
  readonly opened: number
  /** Every text that a page sent, delivered or not. */
  readonly sent: readonly string[]
  readonly received: readonly string[]
  /** Closes every socket, and refuses new ones until `mend`. */
  cut(): void
  mend(): void
  /** Drops everything on the open sockets from now on, without telling either end. */
  stall(): void
  /** Passes on, replaces or drops a text from the server. */
  toPage: (text: string) => string | undefined
  /** Passes on, replaces or drops a text from the page. */
  toServer: (text: string) => string | undefined
}

export const pass = (text: string): string | undefined => text
export const swallow = (): undefined => undefined

/** Replaces the ack of a change by a refusal. */
export function refusing(code: string): (text: string) => string {
  return (text) => {
    const [, id] = /"event":"ack","data":\{[^}]*"id":"([^"]+)"/.exec(text) ?? []
    return id === undefined ? text : JSON.stringify({ event: 'error', data: { code, message: 'No.', id } })
  }
}

/** Controls the sockets of pages that load from now on. */
export async function holdLine(context: BrowserContext): Promise<Line> {
  const sent: string[] = []
  const received: string[] = []
  let open: { page: WebSocketRoute; server: WebSocketRoute; isStalled: boolean }[] = []
  let isCut = false

  const line: Line & { opened: number } = {
    opened: 0,
    sent,
    received,
    toPage: pass,
    toServer: pass,
    cut() {
      isCut = true
      for (const { page, server } of open) {
        page.close({ code: 1006 })
        server.close()
      }
      open = []
    },
    mend() {
      isCut = false
    },
    stall() {
      for (const socket of open) socket.isStalled = true
    },
  }

  await context.routeWebSocket(/\/api\/rooms\//, async (page) => {
    if (isCut) return page.close({ code: 1006 })
    const server = page.connectToServer()
    const socket = { page, server, isStalled: false }
    open.push(socket)
    line.opened += 1
    page.onMessage((message) => {
      if (!open.includes(socket)) return
      sent.push(String(message))
      const text = socket.isStalled ? undefined : line.toServer(String(message))
      if (text !== undefined) server.send(text)
    })
    server.onMessage((message) => {
      if (!open.includes(socket)) return
      received.push(String(message))
      const text = socket.isStalled ? undefined : line.toPage(String(message))
      if (text !== undefined) page.send(text)
    })
    page.onClose(() => {
      if (!socket.isStalled) server.close()
    })
    server.onClose((code = 1006, reason = '') => {
      if (!socket.isStalled) page.close({ code, reason })
    })
  })
  return line
}

/** The data of each frame of one event, in order. */
export function framesOf(texts: readonly string[], event: string): Frame['data'][] {
  const frames: Frame[] = texts.filter((text) => /^[[{]/.test(text)).flatMap((text) => JSON.parse(text))
  return frames.filter((frame) => frame.event === event).map(({ data }) => data)
}
