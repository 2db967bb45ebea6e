import type { Browser, BrowserContext, Page } from 'playwright-core'
import { holdLine, type Line } from '../page/page-sockets.ts'
import { composer, messages, shown } from '../page/room-page.ts'
import { NOW, redated } from './calendar.ts'
import type { Cast } from './create-cast.ts'
import { DEVICES, type Device, sizeOf } from './devices.ts'
import { LOCALES, type Words } from './speaks.ts'

/** A room that the browser remembers. */
export interface KnownRoom {
  room: string
  username: string
  companion?: string
}

export interface StudioVisitor {
  context: BrowserContext
  line: Line
}

/** A new visitor, or a person of a room, whose name the browser may remember. */
interface Who {
  room?: string
  name?: string
  /** The rooms that the browser remembers; by default this room and a few others. */
  knows?: readonly KnownRoom[]
  /** What else local storage holds, by its keys in `client/storage`. */
  keeps?: Readonly<Record<string, unknown>>
  /** The end of the address, after the room: `#m=12`. */
  at?: string
}

export type Studio = ReturnType<typeof createStudio>

interface Equipment {
  browser: Browser
  cast: Cast
  url: string
  device: Device
  scale: number
  words: Words
}

/** The tools to reach a state: browsers on a kind of device, and the people of the rooms. */
export function createStudio({ browser, cast, url, device, scale, words }: Equipment) {
  const contexts: BrowserContext[] = []
  const going: NodeJS.Timeout[] = []

  async function visitor({ room = '', name, knows, keeps = {} }: Who = {}): Promise<StudioVisitor> {
    const remembered = knows ?? (name === undefined ? [] : [{ room, username: name }, ...ELSEWHERE])
    const cookie = name === undefined ? undefined : await cast.cookieOf(room, name)
    const { widths, options } = DEVICES[device]
    const context = await browser.newContext({
      ...options,
      baseURL: url,
      viewport: sizeOf(widths[0] ?? 0),
      deviceScaleFactor: scale,
      locale: LOCALES[words.language],
      timezoneId: 'UTC',
      storageState: {
        cookies: cookie === undefined ? [] : [asCookie(cookie)],
        origins: [{ origin: url, localStorage: storageOf(remembered, keeps) }],
      },
    })
    contexts.push(context)
    await context.clock.setFixedTime(NOW)
    const line = await holdLine(context)
    line.toPage = (text) => redated(text, cast.timeOf)
    return { context, line }
  }

  async function visit(room: string, name: string, who: Who = {}): Promise<StudioVisitor & { page: Page }> {
    const { context, line } = await visitor({ room, name, ...who })
    // Other rooms send no news, so that the stored news stays.
    if (who.keeps?.news) line.toServer = (text) => (text.includes('"watch":true') ? undefined : text)
    const page = await context.newPage()
    await page.goto(`/r/${room}${who.at ?? ''}`)
    await shown(composer(page, words.t.room))
    await shown(page.locator('.message, .empty-room'))
    return { context, line, page }
  }

  return {
    ...words,
    cast,
    url,
    device,
    visitor,
    /** Joins a room as one of its members. */
    visit,
    /** Opens a page, by default as a new visitor. */
    async open(path: string, who: Who = {}): Promise<Page> {
      const { context } = await visitor(who)
      const page = await context.newPage()
      await page.goto(path)
      await shown(page.locator('main'))
      return page
    },
    /** Repeats an action while the pictures are taken. */
    goOn(everyMs: number, what: () => void): void {
      what()
      going.push(setInterval(what, everyMs))
    },
    /** Chooses an action on a message. */
    async askFor(page: Page, text: string, action: string): Promise<void> {
      const row = messages(page, words.t.room).locator('.message', { hasText: text })
      const isTouch = device === 'touch'
      await (isTouch ? row.getByText(text).tap() : row.hover())
      const asked = isTouch ? page.getByRole('dialog') : page.getByRole('toolbar')
      await asked.getByRole('button', { name: action }).click()
    },
    async end(): Promise<void> {
      for (const timer of going) clearInterval(timer)
      // A request that is still under way is no fault of the state.
      await Promise.all(contexts.map((context) => context.unrouteAll({ behavior: 'ignoreErrors' })))
      await Promise.all(contexts.map((context) => context.close()))
    },
  }
}

/** The other rooms that a visitor has been in. */
const ELSEWHERE: readonly KnownRoom[] = [
  { room: 'book-club', username: 'Ann' },
  { room: 'allotment-12', username: 'Ann' },
  { room: 'a'.repeat(26), username: 'Ann', companion: 'Ben' },
]

function asCookie(cookie: string) {
  const [name = '', value = ''] = cookie.split('=')
  const to = { domain: 'localhost', path: '/', expires: -1 }
  return { name, value, ...to, httpOnly: true, secure: false, sameSite: 'Lax' } as const
}

function storageOf(known: readonly KnownRoom[], keeps: Readonly<Record<string, unknown>>) {
  const [first] = known
  const kept = first === undefined ? keeps : { rooms: known, name: first.username, ...keeps }
  return Object.entries(kept).map(([key, value]) => ({
    name: `hallway:${key}`,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }))
}
