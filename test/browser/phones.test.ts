import type { Page } from 'playwright-core'
import { expect, inject, it } from 'vitest'
import { composer, enter, messages, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { placesOf, readAbove, textInView, watchPlace } from './layout-shifts.ts'
import { speakIn } from './speaker.ts'
import { holdTime } from './tab-failures.ts'
import { fingerOn } from './touch.ts'
import { gone, resize, settled } from './waiting.ts'

const browser = useBrowser()

const KEYBOARD_PX = 336
const WHOLE = { width: 390, height: 844 }
const WITH_KEYBOARD = { width: 390, height: 844 - KEYBOARD_PX }

async function begin(room: string, options: Parameters<typeof browser.visitor>[0] = {}): Promise<Page> {
  const cleo = await speakIn(room, 'Cleo')
  for (let n = 0; n < 20; n += 1) await cleo.change('updateChat', { id: `${n}`, body: `said ${n}\n\nand on` })
  const code = `\`\`\`js\n${'far(1);'.repeat(60)}\n\`\`\``
  await cleo.change('updateChat', { id: 'code', body: code })
  await cleo.change('updateChat', { id: 'last', body: 'the last word' })
  const ann = await enter(await browser.visitor({ device: 'phone', ...options }), room, 'Ann')
  await shown(messages(ann).getByText('the last word'))
  await settled(ann)
  return ann
}

const centreOf = async (page: Page, text: string) => {
  const box = await messages(page).getByText(text, { exact: true }).boundingBox()
  if (!box) throw new Error(`${text} is not there`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Message actions' })

it('[PH1] an opening keyboard moves the composer, and nothing that is read above', async () => {
  const ann = await begin('phone-keyboard')
  const parts = () => Promise.all([placesOf(ann, '.room-header'), placesOf(ann, '.composer__box')])
  const last = () => messages(ann).getByText('the last word').boundingBox()
  const [header, [before = []]] = await parts()
  const lastBefore = await last()
  await composer(ann).focus()
  await resize(ann, WITH_KEYBOARD)
  const [headerNow, [now = []]] = await parts()
  expect(headerNow).toEqual(header)
  expect(now[1]).toBeCloseTo((before[1] ?? 0) - KEYBOARD_PX, 0)
  // At the present, the newest message stays above the keyboard.
  expect((await last())?.y).toBeCloseTo((lastBefore?.y ?? 0) - KEYBOARD_PX, 0)
  expect(
    await ann.evaluate(() => [scrollX, scrollY, document.documentElement.scrollHeight - innerHeight]),
  ).toEqual([0, 0, 0])

  await resize(ann, WHOLE)
  await readAbove(ann, 700)
  const moved = await watchPlace(ann, await textInView(ann))
  await resize(ann, WITH_KEYBOARD)
  expect(await moved()).toBe(0)
})

it('[PH2] the room shrinks to what is visible when a keyboard only covers the page', async () => {
  const context = await browser.visitor({ device: 'phone' })
  await context.addInitScript(() => {
    const seen = Object.assign(new EventTarget(), { height: 844, scale: 1, offsetTop: 0 })
    Object.defineProperty(globalThis, 'visualViewport', { value: seen })
  })
  const ann = await enter(context, 'phone-covered', 'Ann')
  await sayForGood(ann, 'a word')
  const see = (height: number, scale = 1) =>
    ann.evaluate(
      ([height, scale]) => {
        Object.assign(visualViewport ?? {}, { height, scale })
        visualViewport?.dispatchEvent(new Event('resize'))
        return document.querySelector('.composer')?.getBoundingClientRect().bottom
      },
      [height, scale],
    )
  await expect.poll(() => see(844 - KEYBOARD_PX)).toBe(844 - KEYBOARD_PX)
  await expect.poll(() => see(844)).toBe(844)
  await expect.poll(() => see(422, 2)).toBe(844)
})

it('[PH3] nothing stands under a notch, a rounded corner or the bar at the bottom', async () => {
  const ann = await begin('phone-safe')
  const line = await ann.context().newCDPSession(ann)
  await line.send('Emulation.setSafeAreaInsetsOverride', {
    insets: { top: 47, bottom: 34, left: 44, right: 44 },
  })
  const outside = () =>
    ann.evaluate(() =>
      ['.room-header h1', '.room-header button', '.message', '.composer__box', '.status-line'].filter(
        (selector) =>
          [...document.querySelectorAll(selector)].some((element) => {
            const { left, right, top, bottom } = element.getBoundingClientRect()
            const isInList = element.matches('.message')
            return left < 44 || right > 390 - 44 || (!isInList && (top < 47 || bottom > 844 - 34))
          }),
      ),
    )
  await expect.poll(outside).toEqual([])
})

it('[PH4] a long press on a message opens its actions and selects no text', async () => {
  const ann = await begin('phone-press')
  const finger = await fingerOn(ann)
  const { x, y } = await centreOf(ann, 'the last word')
  const lifted = await ann.evaluateHandle(() => {
    const heard: boolean[] = []
    addEventListener('touchend', ({ defaultPrevented }) => heard.push(defaultPrevented))
    return heard
  })
  await finger.down(x, y)
  await shown(sheet(ann))
  await finger.up()
  await expect.poll(() => lifted.jsonValue()).toEqual([true])
  await settled(ann)
  await expect.poll(() => ann.evaluate(() => String(getSelection()))).toBe('')
  const selects = messages(ann).getByText('the last word')
  await expect.poll(() => selects.evaluate((element) => getComputedStyle(element).userSelect)).toBe('none')
  // Lifting the finger does not press the button that has appeared under it.
  await expect.poll(() => sheet(ann).isVisible()).toBe(true)
  await expect.poll(() => messages(ann).locator('.reactions').count()).toBe(0)
  // Here the whole text can be selected.
  const about = sheet(ann).getByText('the last word')
  await expect.poll(() => about.evaluate((element) => getComputedStyle(element).userSelect)).not.toBe('none')
  await ann.keyboard.press('Escape')
  await gone(sheet(ann))

  // A finger that scrolls makes no long press.
  const pass = await holdTime(ann)
  await finger.drag([x, y], [x, y - 60])
  await pass(60_000)
  await finger.up()
  await settled(ann)
  await expect.poll(() => sheet(ann).count()).toBe(0)
})

it.each(['no-preference', 'reduce'] as const)(
  '[PH5] a swipe from the edge leaves the room for the front page, with motion: %s',
  async (reducedMotion) => {
    const ann = await begin(`phone-swipe-${reducedMotion}`, { reducedMotion })
    const finger = await fingerOn(ann)
    const left = () => ann.locator('.room').evaluate((room) => room.getBoundingClientRect().left)
    // A short swipe changes nothing.
    await finger.drag([8, 400], [70, 404])
    await expect.poll(left).toBe(reducedMotion === 'reduce' ? 0 : 62)
    await finger.up()
    await expect.poll(left).toBe(0)
    expect(new URL(ann.url()).pathname).toBe(`/r/phone-swipe-${reducedMotion}`)

    await finger.drag([8, 400], [200, 410])
    await finger.up()
    await shown(ann.getByRole('button', { name: 'Start a room' }))
    expect(ann.url()).toBe(`${inject('baseUrl')}/`)
    await ann.goBack()
    await shown(messages(ann).getByText('the last word'))
  },
)

it('[PH6] a finger that scrolls, moves code or starts elsewhere does not leave the room', async () => {
  const ann = await begin('phone-no-swipe')
  const finger = await fingerOn(ann)
  const code = messages(ann).locator('.code__text')
  const moves = [
    // Along the edge.
    { from: [8, 300], to: [40, 500] },
    { from: [120, 400], to: [330, 400] },
  ] as const
  for (const { from, to } of moves) {
    await finger.drag(from, to)
    await finger.up()
    await settled(ann)
    expect(new URL(ann.url()).pathname).toBe('/r/phone-no-swipe')
  }
  // As if the code reached the very edge.
  await code.evaluate((pre) => {
    pre.closest('figure')?.style.setProperty('margin-inline-start', '-60px')
    pre.scrollLeft = 200
  })
  await messages(ann).evaluate((scroller) => {
    scroller.scrollTop = 0
  })
  await settled(ann)
  const box = await code.boundingBox()
  if (!box) throw new Error('There is no code')
  expect(box.x).toBeLessThan(20)
  const inCode = box.y + box.height / 2
  await finger.drag([20, inCode], [200, inCode])
  await finger.up()
  await expect.poll(() => code.evaluate((pre) => pre.scrollLeft)).toBeLessThan(200)
  await settled(ann)
  expect(new URL(ann.url()).pathname).toBe('/r/phone-no-swipe')
})

it('[PH7] on a page from right to left the swipe starts at the right edge', async () => {
  const ann = await begin('phone-swipe-rtl')
  await ann.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
  const finger = await fingerOn(ann)
  await finger.drag([8, 400], [200, 400])
  await finger.up()
  await settled(ann)
  expect(new URL(ann.url()).pathname).toBe('/r/phone-swipe-rtl')
  await finger.drag([384, 400], [200, 400])
  await finger.up()
  await shown(ann.getByRole('button', { name: 'Start a room' }))
})

it('[PH8] no field makes a phone zoom in, and each asks for its kind of keyboard', async () => {
  const context = await browser.visitor({ device: 'phone' })
  const page = await context.newPage()
  const met: Record<string, string[]> = {}
  const look = async (place: string) => {
    const fields = page.locator('input:visible:not([type=checkbox], [type=radio]), textarea:visible')
    await shown(fields)
    met[place] = await fields.evaluateAll((all) =>
      all.map((field) => {
        const size = Number.parseFloat(getComputedStyle(field).fontSize)
        if (size < 16) return `${field.outerHTML} is ${size} px`
        const says = (name: string) => field.getAttribute(name) ?? '-'
        return [says('enterkeyhint'), says('autocapitalize'), says('inputmode')].join(' ')
      }),
    )
  }
  await page.goto('/')
  await look('front')
  await page.goto('/r/phone-fields')
  await look('door')
  await page.getByLabel('Your name').fill('Ann')
  await page.keyboard.press('Enter')
  await shown(composer(page))
  await look('room')
  await page.locator('.composer__emoji').tap()
  await shown(page.getByRole('searchbox'))
  await look('emoji')
  expect(met).toEqual({
    front: ['go none url'],
    door: ['go words -'],
    room: ['enter sentences -'],
    emoji: ['enter sentences -', 'search none search'],
  })
})

it('[PH9] everything to tap is large enough for a finger', async () => {
  const ann = await begin('phone-targets')
  const small = () =>
    ann.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, [role=button], a.button, input, textarea')]
        .filter(
          (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.message'),
        )
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && (box.width < 44 || box.height < 44))
        .map(({ element, box }) => `${element.className} ${Math.round(box.width)}x${Math.round(box.height)}`),
    )
  await expect.poll(small).toEqual([])
  await messages(ann).getByText('the last word').tap()
  await shown(sheet(ann))
  await expect.poll(small).toEqual([])
  await ann.goto('/')
  await shown(ann.getByRole('button', { name: 'Start a room' }))
  await expect.poll(small).toEqual([])
})
