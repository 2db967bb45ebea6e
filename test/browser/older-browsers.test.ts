import type { BrowserContext } from 'playwright-core'
import { expect, it } from 'vitest'
import { readNewerApis } from '../../tools/newer-apis/newer-apis.ts'
import { composer, enter, messages, person, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { fillRoom } from './many-messages.ts'
import { meet } from './meet.ts'
import { fingerOn } from './touch.ts'
import { settled } from './waiting.ts'

const browser = useBrowser()

const FAMILY = '👩\u200d👩\u200d👧\u200d👦'

/** Takes from every page what some supported browser lacks, as if it were that browser. */
async function asOldest(context: BrowserContext): Promise<BrowserContext> {
  await context.addInitScript(
    (apis) => {
      for (const { name, members } of apis) {
        const path = name.split('.')
        const last = path.pop() ?? ''
        const home: unknown = path.reduce<unknown>((of, part) => Object(of)[part], globalThis)
        if (members.length === 0) Reflect.deleteProperty(Object(home), last)
        const api = Object(home)[last]
        for (const member of members) {
          const own = member.replace('~', '')
          for (const from of [api, api?.prototype, name === 'Window' ? globalThis : undefined])
            if (from) Reflect.deleteProperty(from, own)
        }
      }
    },
    readNewerApis().toSorted((a, b) => b.members.length - a.members.length),
  )
  return context
}

it('[OL5] a room works in a browser that has only what every supported browser has', async () => {
  const room = 'ol5'
  await fillRoom(room, 120)
  const ben = await meet(room, `${FAMILY} Ben`)
  const context = await asOldest(await browser.visitor())
  const ann = await enter(context, room, 'Ann')
  expect(
    await ann.evaluate(() => [
      'Segmenter' in Intl,
      'canParse' in URL,
      'any' in AbortSignal,
      'withResolvers' in Promise,
      'map' in [].values(),
    ]),
  ).toEqual([false, false, false, false, false])
  await shown(messages(ann).getByText('message 120', { exact: true }))
  const first = messages(ann).getByText('message 1', { exact: true })
  while ((await first.count()) === 0) {
    await messages(ann).evaluate((scroller) => scroller.scrollBy(0, -1_000_000))
    await settled(ann)
  }
  await ann.getByRole('button', { name: 'Jump to the latest messages' }).click()
  ben.send(
    `${'long '.repeat(23)}${FAMILY}${FAMILY} see https://example.org/a, [notes](https://example.org/b)`,
  )
  await shown(messages(ann).getByRole('link', { name: 'https://example.org/a' }))
  await shown(messages(ann).getByRole('link', { name: 'notes' }))
  await shown(messages(ann).locator('.avatar', { hasText: `${FAMILY}B` }))
  await sayForGood(ann, 'works')
  const row = (text: string) => messages(ann).locator('.message', { hasText: text })
  await row('long long').hover()
  await ann.getByRole('toolbar').getByRole('button', { name: 'Reply' }).click()
  await composer(ann).fill('a reply')
  await ann.keyboard.press('Enter')
  await shown(row('a reply').getByRole('button', { name: /^In reply to .*long …$/ }))
  await composer(ann).press('ArrowUp')
  await shown(ann.getByText('Editing your message'))
  await composer(ann).fill('a better reply')
  await ann.keyboard.press('Enter')
  await shown(row('a better reply').getByText('(edited)'))
  await person(ann, `${FAMILY} Ben`).click()
  await ann.waitForURL(/\/r\/[a-z2-7]{26}$/)
  await sayForGood(ann, 'in private')
})

it('[OL7] a swipe leaves the room there too', async () => {
  const context = await asOldest(await browser.visitor({ device: 'phone' }))
  const ann = await enter(context, 'ol7', 'Ann')
  const finger = await fingerOn(ann)
  await finger.drag([8, 400], [200, 410])
  await finger.up()
  await shown(ann.getByRole('button', { name: 'Start a room' }))
  await ann.goBack()
  await sayForGood(ann, 'back again')
})
