import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { composer, enter, messages, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { speakIn } from './speaker.ts'
import { settled } from './waiting.ts'

const browser = useBrowser()

/** A room with an example of everything: people, another room, code, a reaction, a reply, a private room. */
async function furnished(page: Page, room: string): Promise<void> {
  const cleo = await speakIn(room, 'Cleo')
  await cleo.change('updateChat', { id: 'code', body: '```js\nf(1)\n```' })
  await cleo.change('updateChat', { id: 'one', body: `see https://example.org and @Ann` })
  await cleo.change('react', { id: 'react', ref: 2, emoji: '👍', on: true })
  await cleo.change('updateChat', { id: 'reply', body: 'an answer', replyTo: 2 })
  await shown(page.getByText('an answer'))
  // Only members receive it.
  cleo.send('newRoom', { username2: 'Ann', room })
  await shown(page.getByRole('link', { name: 'Talk in private' }))
}

const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

/** A laptop's page at a zoom of 200 % and of 400 % (WCAG 2.2, 1.4.4 and 1.4.10). */
it.each([
  [200, { width: 640, height: 400 }],
  [400, { width: 320, height: 256 }],
])(
  '[RC1] nothing scrolls sideways at a zoom of %i %%, and the message being typed stays in view',
  async (zoom, viewport) => {
    const context = await browser.visitor({ viewport })
    const room = `zoomed-${zoom}`
    const ann = await context.newPage()
    await ann.goto('/')
    await shown(ann.getByRole('button', { name: 'Start a room' }))
    expect(await sideways(ann)).toBe(0)
    await ann.goto(`/r/${room}`)
    await shown(ann.getByLabel('Your name'))
    expect(await sideways(ann)).toBe(0)
    await ann.getByLabel('Your name').fill('Ann')
    await ann.keyboard.press('Enter')
    await furnished(ann, room)
    expect(await sideways(ann)).toBe(0)
    await composer(ann).fill('seen as it is written')
    await expect.poll(() => composer(ann).evaluate(isWhole)).toBe(true)
    await ann.keyboard.press('Enter')
    await expect.poll(() => messages(ann).getByText('seen as it is written').evaluate(isWhole)).toBe(true)
    await ann.goto('/')
    await ann.getByRole('button', { name: 'Settings' }).click()
    const last = ann.getByRole('dialog').getByRole('button').last()
    await last.scrollIntoViewIfNeeded()
    await expect.poll(() => last.evaluate(isWhole)).toBe(true)
    expect(await sideways(ann)).toBe(0)
  },
)

/** Runs in the page. Whether the whole element is within the window. */
function isWhole(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return top >= 0 && bottom <= innerHeight
}

it('[RC2] with forced colours the focus has an outline, and everything that only colour sets apart has an edge', async () => {
  const context = await browser.visitor({ forcedColors: 'active' })
  const ann = await enter(context, 'reach-forced', 'Ann')
  await furnished(ann, 'reach-forced')
  await ann.keyboard.press('Escape')
  const seen = new Set<string>()
  for (let n = 0; n < 40; n += 1) {
    await ann.keyboard.press('Tab')
    const focused = await ann.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return undefined
      const rings = [element, ...element.querySelectorAll('*')]
      // A field's ring is drawn around the box it stands in.
      for (let around = element.parentElement, n = 0; around && n < 3; around = around.parentElement, n += 1)
        rings.push(around)
      const isRinged = rings.some((one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one)
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      })
      return { name: element.outerHTML.slice(0, 120), isRinged }
    })
    if (focused === undefined) continue
    seen.add(focused.name)
    expect(focused).toMatchObject({ isRinged: true })
  }
  expect(seen.size).toBeGreaterThan(12)
  const edges = await ann.evaluate(() =>
    [...document.querySelectorAll('.avatar, .button, .reactions__one, .mention--self')].map((element) => {
      const { borderTopStyle, outlineStyle, borderTopWidth, outlineWidth } = getComputedStyle(element)
      const hasEdge =
        (borderTopStyle !== 'none' && borderTopWidth !== '0px') ||
        (outlineStyle !== 'none' && outlineWidth !== '0px')
      return [element.className, hasEdge] as const
    }),
  )
  expect(edges.length).toBeGreaterThan(4)
  expect(edges.filter(([, hasEdge]) => !hasEdge)).toEqual([])
})

it('[RC3] with reduced motion nothing moves for longer than a blink', async () => {
  const context = await browser.visitor({ device: 'phone', reducedMotion: 'reduce' })
  const ann = await enter(context, 'reach-still', 'Ann')
  const moving = () =>
    ann.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) =>
        ['', '::before', '::after', '::backdrop'].flatMap((part) => {
          const style = getComputedStyle(element, part || null)
          const seconds = [style.transitionDuration, style.animationDuration]
            .flatMap((list) => list.split(','))
            .map((one) => Number.parseFloat(one) * (one.trim().endsWith('ms') ? 0.001 : 1))
          return Math.max(...seconds) > 0.05 ? [`${element.className}${part}`] : []
        }),
      ),
    )
  await furnished(ann, 'reach-still')
  await expect.poll(moving).toEqual([])
  await ann.getByRole('button', { name: 'About this room' }).click()
  await shown(ann.getByRole('dialog'))
  await expect.poll(moving).toEqual([])
  await expect
    .poll(() => ann.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior))
    .toBe('auto')
})

it('[RC4] a touch screen hides nothing that only a resting mouse would show', async () => {
  const context = await browser.visitor({ device: 'phone' })
  const ann = await enter(context, 'hovered', 'Ann')
  await sayForGood(ann, 'here before')
  await ann.goto('/r/hovered-too')
  await shown(composer(ann))
  await furnished(ann, 'hovered-too')
  /** Controls that can be used but not seen, outside hidden elements. */
  const hidden = () =>
    ann.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('a, button, summary, [tabindex]')]
        .filter((one) => one.offsetParent !== null && !one.closest('[inert], .visually-hidden'))
        .filter((one) =>
          [one, ...one.querySelectorAll('.icon')].some(
            (part) => !part.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
          ),
        )
        .map((one) => one.outerHTML.slice(0, 160)),
    )
  await expect.poll(hidden).toEqual([])
  await ann
    .getByRole('button', { name: /people/ })
    .first()
    .click()
  await shown(ann.getByText('Cleo').last())
  await settled(ann)
  await expect.poll(hidden).toEqual([])
  await ann.keyboard.press('Escape')
  await ann
    .getByRole('button', { name: /^Rooms/ })
    .first()
    .click()
  await shown(ann.getByRole('link', { name: /hovered/ }).first())
  await settled(ann)
  await expect.poll(hidden).toEqual([])
})
