import { expect, it } from 'vitest'
import { composer, enter, messages, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { readAbove } from './layout-shifts.ts'
import { speakIn } from './speaker.ts'
import { settled } from './waiting.ts'

const browser = useBrowser()

const CODE = Array.from({ length: 60 }, (_, n) => `line(${n})`).join('\n')

it.each(['phone', 'desktop'] as const)(
  '[PN1] a room printed from a %s shows who said what and when, black on white, without buttons',
  async (device) => {
    const room = `printed-${device}`
    const cleo = await speakIn(room, 'Cleo')
    for (let n = 0; n < 20; n += 1)
      await cleo.change('updateChat', { id: `${n}`, body: `Said ${n}\n\nand on` })
    await cleo.change('updateChat', { id: 'code', body: `\`\`\`js\n${CODE}\n\`\`\`` })
    const ann = await enter(await browser.visitor({ device, colorScheme: 'dark' }), room, 'Ann')
    await cleo.change('updateChat', { id: 'long', body: 'down\n'.repeat(60) })
    await sayForGood(ann, 'And I say this')
    await ann.emulateMedia({ media: 'print' })
    await settled(ann)
    const printed = await ann.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLElement>('#app *')]
      const seen = all.filter((element) => element.checkVisibility({ opacityProperty: true }))
      const written = seen.filter((element) =>
        [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== ''),
      )
      return {
        height: document.documentElement.scrollHeight,
        list: document.querySelector('.timeline__list')?.getBoundingClientRect().height ?? 0,
        inks: [...new Set(written.map((element) => getComputedStyle(element).color))],
        paper: getComputedStyle(document.documentElement).backgroundColor,
        pressed: seen.filter((element) => element.matches('button, input, textarea, aside, nav')).length,
        times: seen.filter((element) => element.matches('time')).length,
        cut: seen.filter(
          (element) => element.matches('pre, .markdown') && element.scrollHeight > element.clientHeight,
        ).length,
        words: written.map((element) => element.textContent),
      }
    })
    expect(printed.inks).toEqual(['rgb(0, 0, 0)'])
    expect(printed.paper).toBe('rgb(255, 255, 255)')
    expect(printed.pressed).toBe(0)
    expect(printed.times).toBe(23)
    expect(printed.cut).toBe(0)
    // Nothing is in a scrolling box that the paper would cut off.
    expect(printed.height).toBeGreaterThanOrEqual(printed.list)
    for (const words of [room, 'Cleo', 'Said 0\n\nand on', 'Said 19\n\nand on', 'Ann', 'And I say this'])
      expect(printed.words.join('|')).toContain(words)
  },
)

it('[PN2] a reader above the present finds the place again after printing', async () => {
  const room = 'printed-above'
  const cleo = await speakIn(room, 'Cleo')
  for (let n = 0; n < 20; n += 1)
    await cleo.change('updateChat', { id: `${n}`, body: `Said ${n}\n\n\nand on` })
  const ann = await enter(await browser.visitor(), room, 'Ann')
  await shown(messages(ann).getByText('Said 19'))
  await readAbove(ann, 600)
  const place = () =>
    messages(ann).evaluate((scroller) => [scroller.scrollTop, scroller.scrollHeight, scroller.clientHeight])
  const before = await place()
  await ann.pdf()
  await settled(ann)
  await expect.poll(place).toEqual(before)
  await shown(composer(ann))
})
