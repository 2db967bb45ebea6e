import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { composer, enter, messages, person, say, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'

const browser = useBrowser()

const MARKED = `**Bold**, *leaning*, ~~gone~~ and \`code\`, as in snake_case_name and 2*3*4.
> Shall I bring the *notes* from https://example.com/some_notes_here?
> Do.
- one thing
- another
1. first
2. second`

const CODE = `\`\`\`ts
const greeting: string = 'a line that is much longer than any phone is wide, so that it has to be scrolled'
  console.log(\`**\${greeting}**\`)
\`\`\``

async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
}

it.each([
  ['desktop', 'light'],
  ['phone', 'dark'],
] as const)('[TB1] Markdown looks as it was meant, on a %s', async (device, colorScheme) => {
  const context = await browser.visitor({ device, colorScheme })
  const ann = await enter(context, `marks-${device}`, 'Ann')
  await send(ann, MARKED)
  await send(ann, CODE)
  const log = messages(ann)
  await shown(log.getByRole('strong').getByText('Bold', { exact: true }))
  await expect.poll(() => log.getByRole('emphasis').allTextContents()).toEqual(['leaning', 'notes'])
  await expect.poll(() => log.locator('del').allTextContents()).toEqual(['gone'])
  await expect
    .poll(() => log.getByRole('link').allTextContents())
    .toEqual(['https://example.com/some_notes_here'])
  await expect.poll(() => log.getByRole('blockquote').count()).toBe(1)
  await expect
    .poll(() => log.locator('ul.markdown__list li').allTextContents())
    .toEqual(['one thing', 'another'])
  await expect.poll(() => log.locator('ol.markdown__list li').allTextContents()).toEqual(['first', 'second'])
  await shown(log.getByText('as in snake_case_name and 2*3*4.'))
  const code = log.locator('.code__text')
  await expect.poll(() => code.textContent()).toBe(CODE.split('\n').slice(1, 3).join('\n'))
  const widths = await ann.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  expect(widths[0]).toBe(widths[1])
  await expect.poll(() => code.evaluate((pre) => pre.scrollWidth > pre.clientWidth)).toBe(true)
})

it('[TB2] code is copied as it was written', async () => {
  const context = await browser.visitor({ permissions: ['clipboard-read', 'clipboard-write'] })
  const ann = await enter(context, 'copying', 'Ann')
  await send(ann, CODE)
  await ann.getByRole('button', { name: 'Copy code' }).click()
  await shown(ann.getByText('Code copied'))
  expect(await ann.evaluate(() => navigator.clipboard.readText())).toBe(
    CODE.split('\n').slice(1, 3).join('\n'),
  )
})

it('[TB3] markup in a message is text, and its links lead only to the web', async () => {
  const ann = await enter(await browser.visitor(), 'payloads', 'Ann')
  const payloads = [
    '<img src=x onerror="window.ran = 1">',
    '**<script>window.ran = 1</script>**',
    '```html\n<svg onload="window.ran = 1">\n```',
    '[press](javascript:window.ran=1)',
    '> <iframe srcdoc="<script>parent.ran = 1</script>"></iframe>',
    '- `</code><script>window.ran = 1</script>`',
    'https://example.com/"onmouseover="window.ran=1',
  ]
  for (const payload of payloads) await send(ann, payload)
  await expect.poll(() => messages(ann).locator('[data-state="message"]').count()).toBe(payloads.length)
  await expect.poll(() => ann.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined()
  await expect.poll(() => messages(ann).locator('img, script, svg:not(.icon), iframe').count()).toBe(0)
  const links = await messages(ann)
    .getByRole('link')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  expect(links).toEqual(['https://example.com/'])
})

it('[TB4] commands set the topic, the name and an action; an unknown one stays in the field and is explained', async () => {
  const ann = await enter(await browser.visitor(), 'commands', 'Ann')
  const ben = await enter(await browser.visitor({ device: 'phone' }), 'commands', 'Ben')
  await send(ann, '/topic Lunch at one')
  await shown(ben.getByText('Lunch at one'))
  await send(ann, '/me waves')
  await shown(messages(ben).getByRole('emphasis').getByText('waves'))
  await send(ben, '/nick Benjamin')
  await shown(person(ann, 'Benjamin'))
  await send(ann, '/shout')
  await shown(ann.getByText('There is no command /shout.'))
  await expect.poll(() => composer(ann).inputValue()).toBe('/shout')
  await send(ann, ' /shout')
  await shown(messages(ben).getByText('/shout'))
  await send(ben, '/help')
  await shown(ben.getByRole('dialog', { name: 'What you can type' }))
  await ben.keyboard.press('Escape')
  await send(ann, '/invite Benjamin')
  await ann.waitForURL(/\/r\/[a-z2-7]{26}$/)
})

it('[TB5] combining marks piled on a letter cover no other message', async () => {
  const ann = await enter(await browser.visitor(), 'piled-up', 'Ann')
  const piled = `o${'\u0301'.repeat(60)}o${'\u0316'.repeat(60)}`
  for (const text of ['oo above', piled, 'oo below']) await say(ann, text)
  const pile = messages(ann).locator('.message__text').nth(1)
  const looks = () =>
    Promise.all(
      ['oo above', 'oo below'].map(async (text) => {
        const line = messages(ann).locator('.message__text', { hasText: text })
        return (await line.screenshot({ animations: 'disabled' })).toString('base64')
      }),
    )
  const beside = await looks()
  await pile.evaluate((element: HTMLElement) => element.style.setProperty('visibility', 'hidden'))
  expect((await looks()).map((look, n) => look === beside[n])).toEqual([true, true])
})

it('[TB6] what is typed is sent as it was typed: indentation, the words behind /help; and names of emoji as emoji', async () => {
  const ann = await enter(await browser.visitor(), 'as-typed', 'Ann')
  const art = '   /\\_/\\\n  ( o.o )\n   > ^ <'
  await send(ann, art)
  await send(ann, 'done :tada: `:tada:`')
  await send(ann, '😄')
  const texts = messages(ann).locator('[data-state="message"] .message__text')
  await expect.poll(() => texts.allTextContents()).toEqual([art, 'done 🎉 :tada:', '😄'])
  const sizeOf = (at: number) =>
    texts.nth(at).evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize))
  expect(await sizeOf(2)).toBeGreaterThan((await sizeOf(1)) * 1.5)
  await send(ann, '/help with this, please')
  await shown(ann.getByRole('dialog', { name: 'What you can type' }))
  await ann.keyboard.press('Escape')
  await expect.poll(() => composer(ann).inputValue()).toBe('/help with this, please')
})

it('[TB7] an address of this Hallway opens in place, and the host stands beside other words', async () => {
  const ann = await enter(await browser.visitor(), 'addresses-in-text', 'Ann')
  const { origin } = new URL(ann.url())
  await send(ann, `${origin}/r/another and [the notes](https://example.org/a)`)
  const links = messages(ann).getByRole('link')
  await expect.poll(() => links.allTextContents()).toEqual([`${origin}/r/another`, 'the notes (example.org)'])
  expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('target')))).toEqual([
    null,
    '_blank',
  ])
  await ann.evaluate(() => Reflect.set(window, 'isSamePage', true))
  await links.first().click()
  await ann.waitForURL(`${origin}/r/another`)
  expect(await ann.evaluate(() => Reflect.get(window, 'isSamePage'))).toBe(true)
})

it('[TB8] the numbers of a list are drawn as they were typed', async () => {
  const ann = await enter(await browser.visitor(), 'numbers', 'Ann')
  await send(ann, '3) yes\n07) no\n  - well')
  const items = messages(ann).locator('ol.markdown__list > li')
  await expect
    .poll(() => items.evaluateAll((all) => all.map((item) => getComputedStyle(item).listStyleType)))
    .toEqual(['"3) "', '"07) "'])
  await expect
    .poll(() => items.evaluateAll((all) => all.map((item) => item.getAttribute('value'))))
    .toEqual(['3', '7'])
  await expect.poll(() => items.locator('ul > li').allTextContents()).toEqual(['well'])
})

it('[TB9] the line “Today” becomes “Yesterday” at midnight, without a message', async () => {
  const visitor = await browser.visitor()
  await visitor.clock.install()
  const ann = await enter(visitor, 'midnight', 'Ann')
  await say(ann, 'said today')
  const day = messages(ann).getByRole('heading')
  await expect.poll(() => day.allTextContents()).toEqual(['Today'])
  await visitor.clock.fastForward('24:00:00')
  await expect.poll(() => day.allTextContents()).toEqual(['Yesterday'])
})
