import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { enter, messages, messageTexts, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { readAbove, textInView, watchPlace, watchShifts } from './layout-shifts.ts'
import { fillRoom } from './many-messages.ts'
import { speakIn } from './speaker.ts'

const browser = useBrowser()

/** The messages, with the joins and leaves between them. */
const read = (page: Page) =>
  messages(page)
    .locator('.message__text, .presence')
    .evaluateAll((rows) => rows.map(({ className, textContent }) => `${className}: ${textContent}`))
    .then((rows) => rows.map((row) => row.replace(/^.*message__text.*: /, '').replace('presence: ', '– ')))

/** Starts to record every announcement. */
async function listen(page: Page): Promise<() => Promise<string>> {
  const heard = await page.evaluateHandle(() => {
    const texts: string[] = []
    const announcer = document.querySelector('[data-announcer]')
    const look = () => texts.push(announcer?.textContent ?? '')
    if (announcer)
      new MutationObserver(look).observe(announcer, { characterData: true, childList: true, subtree: true })
    return texts
  })
  return () => heard.evaluate((texts) => texts.join('\n'))
}

describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
  it('[JL10] joins and leaves are one quiet line in the timeline, not announced and not stored', async () => {
    const room = `presence-${device}`
    const ann = await enter(await browser.visitor({ device, colorScheme: 'dark' }), room, 'Ann')
    const heard = await listen(ann)
    await sayForGood(ann, 'one')
    const cem = await speakIn(room, 'Cem')
    await speakIn(room, 'Di')
    await expect.poll(() => read(ann)).toEqual(['one', '– Cem and Di joined'])
    await cem.change('updateChat', { id: 'two', body: 'two' })
    await sayForGood(ann, 'three')
    await speakIn(room, 'Ed')
    cem.leave()
    const all = ['one', '– Cem and Di joined', 'two', 'three', '– Ed joined, Cem left']
    await expect.poll(() => read(ann)).toEqual(all)
    await expect.poll(heard).toContain('Cem: two')
    expect(await heard()).not.toMatch(/joined|left/)
    await ann.reload()
    await expect.poll(() => messageTexts(ann)).toEqual(['one', 'two', 'three'])
    await expect.poll(() => messages(ann).locator('.presence').count()).toBe(0)
  })

  it('[JL11] a reader above the present sees nothing move as people come and go, and nothing is counted', async () => {
    const room = `presence-above-${device}`
    await fillRoom(room, 60)
    const ben = await speakIn(room, 'Ben')
    const ann = await enter(await browser.visitor({ device }), room, 'Ann')
    await shown(messages(ann).getByText('message 60', { exact: true }))
    const lines = messages(ann).locator('.presence')
    const before = 'Dan joined'
    await speakIn(room, 'Dan')
    await expect.poll(() => lines.allTextContents()).toEqual([before])
    await ben.change('updateChat', { id: 'last', body: 'the last before' })
    await shown(messages(ann).getByText('the last before'))
    await readAbove(ann, 900)
    const shifts = await watchShifts(ann, '[role="log"]')
    const moved = await watchPlace(ann, await textInView(ann))
    const rename = (username: string) => ben.send('userRename', { username, room })
    rename('Bob')
    await expect.poll(() => lines.allTextContents()).toEqual([before, 'Ben is now Bob'])
    rename('Ben')
    await expect.poll(() => lines.allTextContents()).toEqual([before])
    const cem = await speakIn(room, 'Cem')
    await expect.poll(() => lines.allTextContents()).toEqual([before, 'Cem joined'])
    cem.leave()
    await expect.poll(() => lines.allTextContents()).toEqual([before, 'Cem came and went'])
    expect(await moved()).toBe(0)
    expect(await shifts()).toBe(0)
    await expect
      .poll(() => ann.getByRole('button', { name: 'Jump to the latest messages' }).textContent())
      .toBe('')
  })
})
