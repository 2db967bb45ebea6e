import { describe, expect, it } from 'vitest'
import { enter, messages, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { watchPlace } from './layout-shifts.ts'
import { speakIn } from './speaker.ts'
import { settled } from './waiting.ts'

const browser = useBrowser()

/** The tallest message of 4,000 characters. */
const TALL = `top of it${'\n'.repeat(3_980)}end of it`

describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
  async function begin(room: string, body: string) {
    const cleo = await speakIn(`${room}-${device}`, 'Cleo')
    // More than a window's height: an element at the very top cannot stay in place.
    for (let n = 0; n < 8; n += 1)
      await cleo.change('updateChat', { id: `${n}`, body: `said ${n}\n\n\nand on` })
    await cleo.change('updateChat', { id: 'before', body: 'said before' })
    await cleo.change('updateChat', { id: 'long', body })
    await cleo.change('updateChat', { id: 'after', body: 'said after' })
    const ann = await enter(await browser.visitor({ device }), `${room}-${device}`, 'Ann')
    await shown(messages(ann).getByText('said after'))
    return ann
  }

  it('[LT1] a long message is folded until the reader asks for all of it, and nothing in view moves', async () => {
    const ann = await begin('long-folded', TALL)
    const all = ann.getByRole('button', { name: 'Show all 3,981 lines', expanded: false })
    const fewer = ann.getByRole('button', { name: 'Show fewer lines', expanded: true })
    const text = messages(ann).locator('.message__text').nth(9)
    const height = () => text.evaluate((element) => element.clientHeight)
    await shown(all)
    await settled(ann)
    const folded = await height()
    expect(folded).toBe(384)

    const moved = await watchPlace(ann, 'said before')
    await all.click()
    await shown(fewer)
    expect(await moved()).toBe(0)
    await expect.poll(height).toBeGreaterThan(90_000)

    // The button to fold it stays in view far down in it.
    await messages(ann).evaluate((scroller) => {
      scroller.scrollTop += 40_000
    })
    await settled(ann)
    const place = (await fewer.boundingBox())?.y ?? Number.NaN
    expect(place).toBeLessThan(ann.viewportSize()?.height ?? 0)
    await fewer.click()
    await shown(all)
    await settled(ann)
    await expect.poll(height).toBe(folded)
    expect((await all.boundingBox())?.y).toBeCloseTo(place, 0)
    await expect.poll(() => all.evaluate((button) => button === document.activeElement)).toBe(true)
  })

  it('[LT2] a short message, or one of long code only, is not folded as a whole', async () => {
    const code = Array.from({ length: 24 }, (_, n) => `line(${n})`).join('\n')
    const ann = await begin('long-short', `These\n\`\`\`js\n${code}\n\`\`\`\n${'and so on\n'.repeat(12)}`)
    await sayForGood(ann, 'seen')
    await expect.poll(() => messages(ann).getByRole('button', { name: /^Show/ }).count()).toBe(0)
  })

  it('[LT3] a focused link in a folded message scrolls into view', async () => {
    const ann = await begin('long-link', `top${'\n'.repeat(100)}https://example.com/deep`)
    const link = messages(ann).getByRole('link', { name: 'https://example.com/deep' })
    await link.focus()
    await settled(ann)
    const [within, box] = await Promise.all([
      messages(ann).locator('.markdown--folded').boundingBox(),
      link.boundingBox(),
    ])
    if (!within || !box) throw new Error('They are not there')
    expect(box.y).toBeGreaterThanOrEqual(within.y)
    expect(box.y + box.height).toBeLessThanOrEqual(within.y + within.height)
  })
})
