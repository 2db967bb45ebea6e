import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Session } from '../../client/session/index.ts'
import { until } from '../../tools/node-session.ts'
import { framesOf, holdLine, type Line, pass, swallow } from '../../tools/page/page-sockets.ts'
import { comeBack, composer, enter, messages, messageTexts, say, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { meet } from './meet.ts'
import { crash, freeze } from './tab-failures.ts'
import { stopTime } from './waiting.ts'

const browser = useBrowser()
const OFFLINE = /ERR_INTERNET_DISCONNECTED/

const sentBodies = (line: Line) => framesOf(line.sent, 'updateChat').map(({ body }) => body)

/** The messages that the session shows, in order. */
function heard({ view }: Session): string[] {
  return view.timeline.map((item) =>
    item.kind === 'message' ? item.message.body : `${item.body} (${item.kind})`,
  )
}

/** Restores the network, and tells the browser. */
async function comeOnline(context: BrowserContext, line: Line): Promise<void> {
  await context.setOffline(true)
  line.mend()
  await context.setOffline(false)
}

/** The outbox as stored on the disk. The page shows a message before it is stored. */
function storedBodies(page: Page): Promise<unknown[]> {
  return page.evaluate(
    () =>
      new Promise<unknown[]>((resolve) => {
        const request = indexedDB.open('hallway-outbox')
        request.onsuccess = () => {
          const all = request.result.transaction('entries').objectStore('entries').getAll()
          all.onsuccess = () => {
            resolve(all.result.map(({ frame }) => frame.data.body))
            request.result.close()
          }
        }
      }),
  )
}

/** From now on the outbox's database accepts no writes. */
function holdStorage(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open('hallway-outbox')
        request.onsuccess = () => {
          const entries = request.result.transaction('entries', 'readwrite').objectStore('entries')
          // A transaction stays open while it has requests.
          const ask = () => {
            entries.count().onsuccess = ask
            resolve()
          }
          ask()
        }
      }),
  )
}

/** Hides the tab and shows it again. A Chromium under test shows every tab at all times. */
async function lookAgain(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const hidden of [true, false]) {
      Object.defineProperty(document, 'hidden', { configurable: true, value: hidden })
      document.dispatchEvent(new Event('visibilitychange'))
    }
  })
}

describe('a typed message', () => {
  it('[DB1] without a connection survives reloads and a crash, and is sent once, in order', async () => {
    const room = 'tunnel'
    const ann = await enter(await browser.visitor(), room, 'Ann')
    const bens = await browser.visitor({ device: 'phone', expected: OFFLINE })
    const line = await holdLine(bens)
    const ben = await enter(bens, room, 'Ben')
    line.cut()
    await say(ben, 'one')
    await say(ben, 'two')
    await ben.reload()
    await expect.poll(() => messageTexts(ben)).toEqual(['one (pending)', 'two (pending)'])
    await say(ben, 'three')
    await bens.setOffline(true)
    await say(ben, 'four')
    await expect.poll(() => storedBodies(ben)).toEqual(['one', 'two', 'three', 'four'])
    await crash(ben)
    expect(sentBodies(line)).toEqual([])
    line.mend()
    await bens.setOffline(false)
    const back = await comeBack(bens, room)
    const all = ['one', 'two', 'three', 'four']
    for (const page of [back, ann]) await expect.poll(() => messageTexts(page)).toEqual(all)
    expect(sentBodies(line)).toEqual(all)
  })

  it('[DB12] is in the field again when the page crashed before it was on the disk', async () => {
    const room = 'too-soon'
    const anns = await browser.visitor()
    const ann = await enter(anns, room, 'Ann')
    await holdStorage(ann)
    await say(ann, 'not yet')
    await composer(ann).fill('and more')
    await crash(ann)
    const back = await comeBack(anns, room)
    await expect.poll(() => composer(back).inputValue()).toBe('not yet\nand more')
    await expect.poll(() => messageTexts(back)).toEqual([])
    await composer(back).press('Enter')
    await expect.poll(() => messageTexts(back)).toEqual(['not yet\nand more'])
    await back.reload()
    await expect.poll(() => messageTexts(back)).toEqual(['not yet\nand more'])
    await expect.poll(() => composer(back).inputValue()).toBe('')
  })

  it('[DB2] by turns in two tabs without a connection is sent by one of them, in the order it was typed', async () => {
    const room = 'two-tabs'
    const ann = await enter(await browser.visitor(), room, 'Ann')
    const bens = await browser.visitor({ expected: OFFLINE })
    const line = await holdLine(bens)
    const tabs = [await enter(bens, room, 'Ben'), await comeBack(bens, room)]
    line.cut()
    const all = ['one', 'two', 'three', 'four', 'five', 'six']
    for (const text of all) {
      const [here, there] = tabs.reverse()
      await here?.bringToFront()
      if (here) await say(here, text)
      if (there) await shown(messages(there).getByText(text))
    }
    for (const tab of tabs)
      await expect.poll(() => messageTexts(tab)).toEqual(all.map((text) => `${text} (pending)`))
    await comeOnline(bens, line)
    for (const page of [...tabs, ann]) await expect.poll(() => messageTexts(page)).toEqual(all)
    expect(sentBodies(line)).toEqual(all)
  })

  it('[DB3] is there once when the connection broke after it was sent and before it was acknowledged', async () => {
    const room = 'lost-ack'
    const ann = await meet(room, 'Ann')
    const bens = await browser.visitor({ device: 'phone', expected: OFFLINE })
    const line = await holdLine(bens)
    const ben = await enter(bens, room, 'Ben')
    line.toPage = swallow
    await say(ben, 'once')
    await expect.poll(() => heard(ann)).toEqual(['once'])
    line.cut()
    await say(ben, 'then')
    await expect.poll(() => messageTexts(ben)).toEqual(['once (pending)', 'then (pending)'])
    line.toPage = pass
    await comeOnline(bens, line)
    await expect.poll(() => messageTexts(ben)).toEqual(['once', 'then'])
    await expect.poll(() => heard(ann)).toEqual(['once', 'then'])
    await ben.reload()
    await expect.poll(() => messageTexts(ben)).toEqual(['once', 'then'])
    expect(sentBodies(line)).toEqual(['once', 'then'])
  })

  it('[DB4] and sent by a tab that crashes before the ack is sent again by another tab, and is there once', async () => {
    const room = 'crashed-tab'
    const ann = await meet(room, 'Ann')
    const bens = await browser.visitor({ expected: OFFLINE })
    const line = await holdLine(bens)
    const ben = await enter(bens, room, 'Ben')
    const other = await comeBack(bens, room)
    await expect.poll(() => framesOf(line.received, 'joined').length).toBe(2)
    line.toPage = swallow
    const wake = await freeze(other)
    await say(ben, 'once')
    await expect.poll(() => framesOf(line.received, 'ack').length).toBe(1)
    await wake()
    await say(other, 'then')
    await crash(ben)
    await expect.poll(() => framesOf(line.received, 'ack').length).toBe(2)
    const [first, again] = framesOf(line.sent, 'updateChat')
    expect(again).toEqual(first)
    line.cut()
    line.toPage = pass
    await comeOnline(bens, line)
    await expect.poll(() => messageTexts(other)).toEqual(['once', 'then'])
    await expect.poll(() => heard(ann)).toEqual(['once', 'then'])
    expect(sentBodies(line)).toEqual(['once', 'once', 'then'])
  })

  it('[DB5] and perhaps sent before the room started over is kept for the person to decide', async () => {
    const room = 'again'
    const ann = await meet(room, 'Ann')
    const bens = await browser.visitor({ device: 'phone', expected: OFFLINE })
    const line = await holdLine(bens)
    line.toPage = (text) => text.replace(/"epoch":"[^"]*"/, '"epoch":"an earlier one"')
    const ben = await enter(bens, room, 'Ben')
    line.toServer = (text) => (text.includes('updateChat') ? undefined : text)
    await say(ben, 'one')
    await expect.poll(() => sentBodies(line)).toEqual(['one'])
    line.cut()
    await say(ben, 'never on its way')
    await ann.send('meanwhile')
    line.toPage = pass
    line.toServer = pass
    await comeOnline(bens, line)
    const kept = ['meanwhile', 'never on its way', 'one (failed)']
    await expect.poll(() => messageTexts(ben)).toEqual(kept)
    await shown(ben.getByText('may already have been sent'))
    await ben.reload()
    await expect.poll(() => messageTexts(ben)).toEqual(kept)
    await ben.getByRole('button', { name: 'Try again' }).click()
    const sent = ['meanwhile', 'never on its way', 'one']
    await expect.poll(() => messageTexts(ben)).toEqual(sent)
    await ben.reload()
    await expect.poll(() => messageTexts(ben)).toEqual(sent)
    expect(heard(ann)).toEqual(sent)
  })
})

describe('a message lost on its way here', () => {
  it('[DB6] is fetched as soon as the next message comes', async () => {
    const room = 'gap'
    const ann = await meet(room, 'Ann')
    const bens = await browser.visitor({ device: 'phone' })
    const line = await holdLine(bens)
    const ben = await enter(bens, room, 'Ben')
    line.toPage = (text) => (text.includes('lost') ? undefined : text)
    await ann.send('lost')
    await expect.poll(() => framesOf(line.received, 'updateChat').length).toBe(1)
    line.toPage = pass
    await ann.send('next')
    await expect.poll(() => messageTexts(ben)).toEqual(['lost', 'next'])
    expect(line.opened).toBe(2)
  })

  it('[DB7] is fetched after the next heartbeat when no other message comes', async () => {
    const room = 'lost-tail'
    const ann = await meet(room, 'Ann')
    const bens = await browser.visitor()
    const line = await holdLine(bens)
    await bens.clock.install()
    const ben = await enter(bens, room, 'Ben')
    line.toPage = (text) => (text.includes('lost') ? undefined : text)
    await ann.send('lost')
    await expect.poll(() => framesOf(line.received, 'updateChat').length).toBe(1)
    line.toPage = pass
    await bens.clock.fastForward(20_000)
    await expect.poll(() => line.received).toContain('pong 1')
    await bens.clock.fastForward(2_000)
    await expect.poll(() => messageTexts(ben)).toEqual(['lost'])
    expect(line.opened).toBe(2)
  })
})

describe('a connection', () => {
  it('[DB8] that died silently is given up within half a minute, or 5 s after the tab is looked at again', async () => {
    const room = 'half-open'
    const ann = await meet(room, 'Ann')
    const bens = await browser.visitor()
    const line = await holdLine(bens)
    await bens.clock.install()
    const ben = await enter(bens, room, 'Ben')
    const pings = () => line.sent.filter((text) => text === 'ping').length

    line.stall()
    await ann.send('one')
    await bens.clock.fastForward(20_000)
    await expect.poll(pings).toBe(1)
    expect(line.opened).toBe(1)
    await bens.clock.fastForward(10_000)
    await expect.poll(() => messageTexts(ben)).toEqual(['one'])

    // The connection counts as steady by then. After that only the test advances time.
    await stopTime(ben)
    const before = pings()
    line.stall()
    await ann.send('two')
    await lookAgain(ben)
    await expect.poll(pings).toBe(before + 1)
    expect(line.opened).toBe(2)
    await bens.clock.fastForward(5_000)
    await expect.poll(() => messageTexts(ben)).toEqual(['one', 'two'])
    expect(line.opened).toBe(3)
  })

  it('[DB9] is opened again at once when the network is back or the tab is looked at', async () => {
    const room = 'at-once'
    const bens = await browser.visitor({ device: 'phone', expected: OFFLINE })
    const line = await holdLine(bens)
    await bens.clock.install()
    const ben = await enter(bens, room, 'Ben')
    // From here on no timer runs.
    await stopTime(ben)
    for (const { wake, opened } of [
      { wake: () => comeOnline(bens, line), opened: 2 },
      { wake: () => lookAgain(ben), opened: 3 },
    ]) {
      line.cut()
      await ben.evaluate(() => {})
      line.mend()
      expect(line.opened).toBe(opened - 1)
      await wake()
      await expect.poll(() => framesOf(line.received, 'joined').length).toBe(opened)
      expect(line.opened).toBe(opened)
    }
  })

  it('[DB11] is opened by the next attempt when the session request before it is never answered', async () => {
    const room = 'unanswered'
    const bens = await browser.visitor()
    const line = await holdLine(bens)
    await bens.clock.install()
    await (await enter(bens, room, 'Ben')).close()
    let asked = 0
    await bens.route('**/api/session', async (route) => {
      asked += 1
      if (asked > 1) await route.continue()
    })
    await comeBack(bens, room)
    await expect.poll(() => asked).toBe(1)
    expect(line.opened).toBe(1)
    await bens.clock.fastForward(10_000)
    await expect.poll(() => line.opened).toBe(2)
  })
})

describe('a returning reader', () => {
  it('[DB10] sees edited messages as they are now, and finds no word of deleted ones on the page or on the wire', async () => {
    const room = 'away'
    const ann = await meet(room, 'Ann')
    const bens = await browser.visitor({ device: 'phone', expected: OFFLINE })
    const line = await holdLine(bens)
    const ben = await enter(bens, room, 'Ben')
    await ann.send('Tuseday')
    await ann.send('the secret')
    await expect.poll(() => messageTexts(ben)).toEqual(['Tuseday', 'the secret'])
    line.cut()
    const before = line.received.length
    await ann.send('a slip of the tongue')
    await expect.poll(() => heard(ann)).toContain('a slip of the tongue')
    await ann.edit(1, 'Tuesday')
    await ann.remove(2)
    await ann.edit(3, 'a slip of the pen')
    await ann.remove(3)
    await until(ann, ({ view }) => view.timeline.every((item) => item.kind === 'message' && !item.editing))
    await comeOnline(bens, line)
    const now = ['Tuesday', '(deleted)', '(deleted)']
    await expect.poll(() => messageTexts(ben)).toEqual(now)
    expect(await ben.content()).not.toMatch(/secret|slip/)
    await ben.reload()
    await expect.poll(() => messageTexts(ben)).toEqual(now)
    expect(await ben.content()).not.toMatch(/secret|slip/)
    expect(line.received.slice(before).join()).not.toMatch(/secret|slip/)
  })
})
