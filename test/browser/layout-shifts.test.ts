import type { BrowserContext } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { holdLine } from '../../tools/page/page-sockets.ts'
import { composer, enter, messages, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { placesOf, readAbove, textInView, watchPlace, watchShifts } from './layout-shifts.ts'
import { fillRoom } from './many-messages.ts'
import { speakIn } from './speaker.ts'
import { settled } from './waiting.ts'

const browser = useBrowser()

const CODE =
  '```ts\nexport const answer: number = 42 // of all\nfunction ask(who: string) {\n  return `now`\n}\n```'

/** Messages with code among them. */
const bodyOf = (n: number) => (n % 4 === 0 ? `${CODE}\nmessage ${n}` : `message ${n}`)
const fillWithCode = (room: string, last: number, from = 1) => fillRoom(room, last, { from, bodyOf })

describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
  it('[PX1] colouring code moves nothing', async () => {
    const room = `pixels-code-${device}`
    await fillWithCode(room, 40)
    const context = await browser.visitor({ device })
    const release = await holdHighlighter(context)
    const ann = await enter(context, room, 'Ann')
    await shown(messages(ann).getByText('message 40', { exact: true }))
    await readAbove(ann, 900)
    const text = await textInView(ann)
    const before = await placesOf(ann, '.message, .code, .code__text, .code__head')
    expect(await ann.locator('.code__text span').count()).toBe(0)
    const shifts = await watchShifts(ann)
    const moved = await watchPlace(ann, text)
    release()
    await shown(ann.locator('.code__text .token-keyword'))
    expect(await moved()).toBe(0)
    expect(await placesOf(ann, '.message, .code, .code__text, .code__head')).toEqual(before)
    expect(await shifts()).toBe(0)
  })

  it('[PX2] a message that grows or shrinks, above or below, moves nothing in view', async () => {
    const room = `pixels-grow-${device}`
    await fillWithCode(room, 60)
    const cleo = await speakIn(room, 'Cleo')
    const refs = [await cleo.change('updateChat', { id: 'up', body: 'from above' })]
    await fillWithCode(room, 120, 61)
    refs.push(await cleo.change('updateChat', { id: 'down', body: 'from below' }))
    await fillWithCode(room, 124, 121)
    const ann = await enter(await browser.visitor({ device }), room, 'Ann')
    await shown(messages(ann).getByText('message 124', { exact: true }))
    await readAbove(ann, 1_200)
    const text = await textInView(ann)
    const shifts = await watchShifts(ann)
    const moved = await watchPlace(ann, text)
    for (const [n, ref] of refs.entries()) {
      const long = `grown ${n}\n${'and more\n'.repeat(12)}`
      await cleo.change('editChat', { id: `grow ${n}`, ref, body: long })
      // The message above may not be loaded; then there is nothing to draw.
      if (n > 0) await messages(ann).getByText(`grown ${n}`).waitFor({ state: 'attached' })
      expect(await moved()).toBe(0)
      await cleo.change('editChat', { id: `shrink ${n}`, ref, body: `shrunk ${n}` })
      if (n > 0) await messages(ann).getByText(`shrunk ${n}`).waitFor({ state: 'attached' })
      expect(await moved()).toBe(0)
    }
    expect(await shifts()).toBe(0)
  })

  it('[PX3] a reader above the present sees nothing move when missed messages arrive after a lost connection', async () => {
    const room = `pixels-back-${device}`
    await fillWithCode(room, 60)
    const context = await browser.visitor({ device, expected: /WebSocket|DISCONNECTED/ })
    const line = await holdLine(context)
    const ann = await enter(context, room, 'Ann')
    await shown(messages(ann).getByText('message 60', { exact: true }))
    await readAbove(ann, 900)
    const text = await textInView(ann)
    // The connection line and the count of new messages come and go beside it.
    const shifts = await watchShifts(ann, '[role="log"]')
    const moved = await watchPlace(ann, text)
    line.cut()
    await shown(ann.getByText('Reconnecting.'))
    await fillWithCode(room, 100, 61)
    await context.setOffline(true)
    line.mend()
    await context.setOffline(false)
    await shown(ann.getByText('40 new messages'))
    await ann.getByText(/^Reconnecting\.|^You’re offline\.|^Catching up/).waitFor({ state: 'hidden' })
    expect(await moved()).toBe(0)
    expect(await shifts()).toBe(0)
    expect(await messages(ann).getByText(text, { exact: true }).count()).toBe(1)
  })

  it('[PX4] a row that turns from pending to sent moves nothing', async () => {
    const room = `pixels-sent-${device}`
    await fillWithCode(room, 6)
    const context = await browser.visitor({ device })
    const acks = await holdAcks(context)
    const ann = await enter(context, room, 'Ann')
    await sayForGood(ann, 'the first of hers')
    await settled(ann)
    for (const body of ['one line', 'two\nlines', CODE, '> a quote\n- an item']) {
      acks.hold()
      await composer(ann).fill(body)
      await ann.getByRole('button', { name: 'Send' }).click()
      await ann.locator('[data-state="pending"]').waitFor()
      await expect.poll(acks.held).toBe(1)
      if (body === CODE) await shown(ann.locator('[data-state="pending"] .token-keyword'))
      await settled(ann)
      const all = '.message, .message__text, .message__time, .composer'
      const before = await placesOf(ann, all)
      const shifts = await watchShifts(ann)
      acks.release()
      await ann.locator('[data-state="pending"]').waitFor({ state: 'detached' })
      expect(await shifts()).toBe(0)
      expect(await placesOf(ann, all)).toEqual(before)
    }
  })

  it('[PX5] a real shift is counted as one', async () => {
    const room = `pixels-control-${device}`
    await fillWithCode(room, 12)
    const ann = await enter(await browser.visitor({ device }), room, 'Ann')
    await shown(messages(ann).getByText('message 12', { exact: true }))
    await settled(ann)
    const shifts = await watchShifts(ann)
    const moved = await watchPlace(ann, 'message 12')
    await messages(ann)
      .getByText('message 12', { exact: true })
      .evaluate((element) => Object.assign(element.style, { position: 'relative', top: '40px' }))
    expect(await moved()).toBe(40)
    expect(await shifts()).toBeGreaterThan(0)
  })
})

/** Holds back the highlighter until the returned function is called. */
async function holdHighlighter(context: BrowserContext): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await context.route('**/assets/highlight-*.js', async (route) => {
    await promise
    await route.continue()
  })
  return resolve
}

/** Holds back acks from a visitor's pages. */
async function holdAcks(context: BrowserContext) {
  let waiting: (() => void)[] | undefined
  await context.routeWebSocket(/\/api\/rooms\//, (page) => {
    const server = page.connectToServer()
    page.onMessage((message) => server.send(message))
    server.onMessage((message) => {
      if (waiting && String(message).includes('"ack"')) waiting.push(() => page.send(message))
      else page.send(message)
    })
  })
  return {
    hold() {
      waiting = []
    },
    held: () => waiting?.length ?? 0,
    release() {
      for (const pass of waiting ?? []) pass()
      waiting = undefined
    },
  }
}
