import jsQR from 'jsqr'
import type { Page } from 'playwright-core'
import { expect, inject, it } from 'vitest'
import { composer, enter, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'

const browser = useBrowser()

/** The text that a scanner reads from the QR code on the page. */
async function scanned(page: Page): Promise<string | undefined> {
  const code = page.getByRole('img', { name: 'QR code of the link' })
  await shown(code)
  const picture = (await code.screenshot()).toString('base64')
  const { data, width, height } = await page.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0)
    const pixels = context?.getImageData(0, 0, image.width, image.height)
    return { data: [...(pixels?.data ?? [])], width: image.width, height: image.height }
  }, picture)
  return jsQR(new Uint8ClampedArray(data), width, height)?.data
}

it('[SH1] the invite of a room can be scanned, on a dark page too', async () => {
  const context = await browser.visitor({ device: 'phone', colorScheme: 'dark' })
  const ann = await enter(context, 'sh1', 'Ann')
  await ann.getByRole('button', { name: 'Share link' }).click()
  expect(await scanned(ann)).toBe(`${inject('baseUrl')}/r/sh1`)
})

it('[SH4] the invite goes to the system’s share sheet where there is one', async () => {
  const context = await browser.visitor({ device: 'phone' })
  await context.addInitScript(() => {
    const handed: unknown[] = []
    Object.assign(navigator, { share: async (data: unknown) => void handed.push(data) })
    Object.assign(globalThis, { handed })
  })
  const ann = await enter(context, 'sh4', 'Ann')
  await ann.getByRole('button', { name: 'Share link' }).click()
  await ann.getByRole('button', { name: 'Share', exact: true }).click()
  await expect
    .poll(() => ann.evaluate(() => Reflect.get(globalThis, 'handed')))
    .toEqual([{ url: `${inject('baseUrl')}/r/sh4`, title: 'sh4' }])
})

it('[SH2] the link to another device can be scanned', async () => {
  const context = await browser.visitor()
  const ann = await enter(context, 'sh2', 'Ann')
  await ann.goto('/')
  await ann.getByRole('button', { name: 'Settings' }).click()
  await ann.getByRole('button', { name: 'This device' }).click()
  await ann.getByRole('button', { name: 'Make a link' }).click()
  const link = await ann.getByLabel('Open this on the other device:').inputValue()
  expect(link).toMatch(/\/move#/)
  expect(await scanned(ann)).toBe(link)
})

it.each(['allow', 'block'] as const)(
  '[SH3] text shared from another app goes below the draft in the chosen room (worker: %s)',
  async (serviceWorkers) => {
    const room = `sh3-${serviceWorkers}`
    const ann = await enter(await browser.visitor({ serviceWorkers }), room, 'Ann')
    await sayForGood(ann, 'here')
    await composer(ann).fill('Look:')
    if (serviceWorkers === 'allow') {
      await ann.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    }
    const came = await ann.goto('/share?title=A+title&text=Some+words&url=https%3A%2F%2Fexample.org%2F')
    expect(came?.fromServiceWorker()).toBe(serviceWorkers === 'allow')
    await shown(ann.getByText('Choose a room'))
    expect(new URL(ann.url()).search).toBe('')
    await ann.getByRole('button', { name: room }).click()
    await shown(composer(ann))
    await expect
      .poll(() => composer(ann).inputValue())
      .toBe('Look:\nA title\nSome words\nhttps://example.org/')
  },
)
