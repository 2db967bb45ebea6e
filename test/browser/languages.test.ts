import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'

const browser = useBrowser()

/** The languages whose texts a page has loaded. */
const fetched = (page: Page) =>
  page.evaluate(() => {
    const names = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
    return [
      ...new Set(names.flatMap((name) => /\/assets\/(?:\w+-)?(en|de|ar)-[\w-]+\.js$/.exec(name)?.[1] ?? [])),
    ]
  })

it.for([
  {
    locale: 'de-AT',
    lang: 'de',
    dir: 'ltr',
    start: 'Raum eröffnen',
    field: 'Dein Name',
    menu: 'Über diesen Raum',
  },
  {
    locale: 'ar-EG',
    lang: 'ar',
    dir: 'rtl',
    start: 'ابدأ غرفة',
    field: 'اسمك',
    menu: 'عن هذه الغرفة',
  },
  {
    locale: 'fr-FR',
    lang: 'en',
    dir: 'ltr',
    start: 'Start a room',
    field: 'Your name',
    menu: 'About this room',
  },
])(
  '[LG1] a browser that asks for $locale gets the page in $lang, and downloads no other language',
  async (told) => {
    const page = await (await browser.visitor({ locale: told.locale })).newPage()
    await page.goto('/')
    await shown(page.getByRole('button', { name: told.start }))
    await expect
      .poll(() => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]))
      .toEqual([told.lang, told.dir])
    await page.goto(`/r/spoken-${told.lang}`)
    await page.getByLabel(told.field).fill('Ann')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: told.menu }).first().click()
    await shown(page.getByRole('dialog'))
    await expect.poll(() => fetched(page)).toEqual([told.lang])
  },
)

it('[LG2] a language chosen with the keyboard is kept over a reload', async () => {
  const page = await (await browser.visitor()).newPage()
  await page.goto('/')
  await page.getByRole('button', { name: 'Settings' }).focus()
  await page.keyboard.press('Enter')
  await shown(page.getByRole('dialog'))
  await page.getByLabel('Language').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Use this language')
  await page.keyboard.press('Enter')
  await shown(page.getByRole('button', { name: 'Raum eröffnen' }))
  await page.reload()
  await shown(page.getByRole('button', { name: 'Raum eröffnen' }))
  await expect.poll(() => fetched(page)).toEqual(['de'])
})
