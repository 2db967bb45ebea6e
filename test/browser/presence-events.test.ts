import type { Page } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'
import { enter, messages, said, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { fill } from './fill.ts'
import { readAbove, textInView, watchPlace, watchShifts } from './layout-shifts.ts'
import { speakIn } from './speaker.ts'

const browser = useBrowser()
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 })

/** How many are in a room. */
async function online(room: string): Promise<number> {
  const facts = await (await fetch(`${inject('baseUrl')}/api/rooms/${room}`)).json()
  return facts.online
}

/** Messages, and who joined and left between them. */
const read = (page: Page) =>
  messages(page)
    .locator('.message__text, .passages')
    .evaluateAll((rows) => rows.map(({ className, textContent }) => `${className}: ${textContent}`))
    .then((rows) => rows.map((row) => row.replace(/^.*message__text.*: /, '').replace('passages: ', '– ')))

/** Everything that is said to those who listen, from now on. */
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
  it('[JL10] who joins and leaves is one quiet line where it happened, told to nobody and not kept', async () => {
    const room = `passages-${device}`
    const ann = await enter(await browser.visitor({ device, colorScheme: 'dark' }), room, 'Ann')
    const heard = await listen(ann)
    await sayForGood(ann, 'one')
    const [cem, di] = [await speakIn(room, 'Cem'), await speakIn(room, 'Di')]
    await eventually(() => read(ann)).toEqual(['one', '– Cem and Di joined'])
    await cem.change('updateChat', { id: 'two', body: 'two' })
    await sayForGood(ann, 'three')
    const ed = await speakIn(room, 'Ed')
    cem.close()
    const all = ['one', '– Cem and Di joined', 'two', 'three', '– Ed joined, Cem left']
    await eventually(() => read(ann)).toEqual(all)
    await eventually(heard).toContain('Cem: two')
    expect(await heard()).not.toMatch(/joined|left/)
    await ann.reload()
    await eventually(() => said(ann)).toEqual(['one', 'two', 'three'])
    expect(await messages(ann).locator('.passages').count()).toBe(0)
    di.close()
    ed.close()
  })

  it('[JL11] who reads above sees nothing move as people come and go, and nothing is counted', async () => {
    const room = `passages-above-${device}`
    await fill(room, 60)
    const ben = await speakIn(room, 'Ben')
    // Those who filled the room go before she comes.
    await eventually(() => online(room)).toBe(1)
    const ann = await enter(await browser.visitor({ device }), room, 'Ann')
    await shown(messages(ann).getByText('message 60', { exact: true }))
    const lines = messages(ann).locator('.passages')
    const before = 'Dan joined'
    const dan = await speakIn(room, 'Dan')
    await eventually(() => lines.allTextContents()).toEqual([before])
    await ben.change('updateChat', { id: 'last', body: 'the last before' })
    await shown(messages(ann).getByText('the last before'))
    await readAbove(ann, 900)
    const shifts = await watchShifts(ann, '[role="log"]')
    const moved = await watchPlace(ann, await textInView(ann))
    const rename = (username: string) => ben.send('userRename', { username, room })
    rename('Bob')
    await eventually(() => lines.allTextContents()).toEqual([before, 'Ben is now Bob'])
    rename('Ben')
    await eventually(() => lines.allTextContents()).toEqual([before])
    const cem = await speakIn(room, 'Cem')
    await eventually(() => lines.allTextContents()).toEqual([before, 'Cem joined'])
    cem.close()
    await eventually(() => lines.allTextContents()).toEqual([before, 'Cem came and went'])
    expect(await moved()).toBe(0)
    expect(await shifts()).toBe(0)
    expect(await ann.getByRole('button', { name: 'Jump to the present' }).textContent()).toBe('')
    ben.close()
    dan.close()
  })
})
