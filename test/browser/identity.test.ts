import type { Page } from 'playwright-core'
import { expect, inject, it } from 'vitest'
import { comeBack, composer, enter, messages, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { meet } from './meet.ts'

const browser = useBrowser()

const link = (page: Page) => page.getByLabel('Open this on the other device:').inputValue()

it('[ID1] a link that works once brings an identity to another device, which asks first', async () => {
  const desk = await browser.visitor()
  const ann = await enter(desk, 'devices', 'Ann')
  await sayForGood(ann, 'from the desk')
  const front = await desk.newPage()
  await front.goto('/')
  await front.getByRole('button', { name: 'Settings' }).click()
  await front.getByRole('button', { name: 'This device' }).click()
  await front.getByRole('button', { name: 'Make a link' }).click()
  await shown(front.getByLabel('Open this on the other device:'))
  const url = await link(front)
  expect(url).toMatch(new RegExp(`^${inject('baseUrl')}/move#[a-z2-7]{20,}$`))

  const phone = await browser.visitor()
  const page = await phone.newPage()
  await page.goto(url)
  await shown(page.getByRole('heading', { name: 'Use this device as well?' }))
  expect(page.url()).toBe(`${inject('baseUrl')}/move`)
  await page.getByRole('button', { name: 'Continue' }).click()
  await shown(page.getByRole('heading', { name: 'This device is ready' }))
  // Nobody else can take her name, and her messages stay hers.
  const again = await enter(phone, 'devices', 'Ann')
  const own = messages(again).locator('[data-state=message]', { hasText: 'from the desk' })
  await own.hover()
  await shown(again.getByRole('button', { name: 'Edit' }))

  const thief = await (await browser.visitor({ expected: /404/ })).newPage()
  await thief.goto(url)
  await thief.getByRole('button', { name: 'Continue' }).click()
  await shown(thief.getByRole('heading', { name: 'This link does not work' }))
})

it('[ID2] signing out of a device ends the identity there and leaves nothing behind', async () => {
  const context = await browser.visitor()
  const ann = await enter(context, 'signing-out', 'Ann')
  await composer(ann).fill('a draft')
  await ann.goto('/')
  await ann.getByRole('button', { name: 'Settings' }).click()
  await ann.getByRole('button', { name: 'This device' }).click()
  await ann.getByRole('button', { name: 'Sign out of this device' }).click()
  await ann.getByRole('button', { name: 'Sign out and delete' }).click()
  await ann.waitForURL(`${inject('baseUrl')}/`)
  await shown(ann.getByRole('link', { name: 'main' }))
  const left = await ann.evaluate(() =>
    Object.keys(localStorage).filter((key) => /signing-out|Ann/.test(key)),
  )
  expect(left).toEqual([])
  await ann.goto('/r/signing-out')
  await ann.getByLabel('Your name').fill('Ann')
  await ann.keyboard.press('Enter')
  // The room still knows the person who had that name.
  await shown(ann.getByText('Someone here already has this name'))
})

/** What this browser has stored that names a room or a person. */
const traces = (page: Page) =>
  page.evaluate(async () => {
    const texts = [localStorage, sessionStorage].flatMap((storage) => Object.entries(storage).flat())
    for (const { name = '' } of await indexedDB.databases()) {
      const request = indexedDB.open(name)
      await new Promise((resolve) => {
        request.onsuccess = resolve
      })
      for (const store of request.result.objectStoreNames) {
        const all = request.result.transaction(store).objectStore(store).getAll()
        await new Promise((resolve) => {
          all.onsuccess = resolve
        })
        texts.push(JSON.stringify(all.result))
      }
      request.result.close()
    }
    return texts.filter((text) => /traces|Ann|secret/.test(text))
  })

it('[ID5] signing out in one tab ends every tab, and deletes what they stored meanwhile', async () => {
  const context = await browser.visitor()
  const ann = await enter(context, 'traces-one', 'Ann')
  await sayForGood(ann, 'a secret')
  const second = await comeBack(context, 'traces-one')
  await composer(second).fill('a secret draft')
  const front = await context.newPage()
  await front.goto('/')
  await shown(front.getByRole('link', { name: 'traces-one' }))
  // As if a tab were slow to end: it stores something after the one that signs out has deleted everything.
  await second.evaluate(() => {
    addEventListener('pagehide', () => localStorage.setItem('hallway:draft:traces-one', 'a secret'))
  })
  await ann.getByRole('button', { name: 'About this room' }).click()
  await ann.getByRole('button', { name: 'Your settings' }).click()
  await ann.getByRole('button', { name: 'This device' }).click()
  await ann.getByRole('button', { name: 'Sign out of this device' }).click()
  await ann.getByRole('button', { name: 'Sign out and delete' }).click()
  for (const page of [ann, second, front]) {
    await page.waitForURL(`${inject('baseUrl')}/`)
    await shown(page.getByRole('link', { name: 'main' }))
    await expect.poll(() => page.getByRole('link', { name: 'traces-one' }).count()).toBe(0)
    expect(await traces(page)).toEqual([])
  }
  // The room has seen all of Ann's tabs leave, and takes nothing more from them.
  const ben = await meet('traces-one', 'Ben')
  await expect.poll(() => ben.view.people.map(({ username }) => username)).toEqual(['Ben'])
})

it('[ID6] taking over another identity ends the tabs of the former one', async () => {
  const desk = await browser.visitor()
  const ann = await enter(desk, 'traces-desk', 'Ann')
  await sayForGood(ann, 'from the desk')
  const url = await ann.evaluate(async () => {
    const answer = await fetch('/api/session/moves', { method: 'POST' })
    return String((await answer.json()).url)
  })
  const phone = await browser.visitor()
  const ben = await enter(phone, 'traces-phone', 'Ben')
  await sayForGood(ben, 'a secret')
  const page = await phone.newPage()
  await page.goto(url)
  await page.getByRole('button', { name: 'Continue' }).click()
  await shown(page.getByRole('heading', { name: 'This device is ready' }))
  await ben.waitForURL(`${inject('baseUrl')}/`)
  await expect.poll(() => ben.getByRole('link', { name: 'traces-phone' }).count()).toBe(0)
  for (const tab of [page, ben]) expect(await traces(tab)).toEqual([])
  // The page that took it over goes on.
  await page.getByRole('link', { name: 'Go to the front page' }).click()
  await shown(page.getByRole('link', { name: 'main' }))
})

it('[ID3] a device link without a code does not work and changes no identity', async () => {
  const page = await (await browser.visitor()).newPage()
  await page.goto('/move')
  await shown(page.getByRole('heading', { name: 'This link does not work' }))
})

it('[ID4] a form on another site cannot change the identity of a visitor it sends here', async () => {
  const context = await browser.visitor({ expected: /403|404/ })
  await enter(context, 'sent-here', 'Ann')
  const before = await context.cookies(inject('baseUrl'))
  expect(before).toHaveLength(1)
  const page = await context.newPage()
  for (const path of ['/api/session', '/api/nowhere']) {
    const form = `<form method="post" action="${inject('baseUrl')}${path}"><button>Win a prize</button></form>`
    await page.route('http://elsewhere.example/', (route) =>
      route.fulfill({ contentType: 'text/html', body: form }),
    )
    await page.goto('http://elsewhere.example/')
    await page.getByRole('button').click()
    await page.waitForURL(inject('baseUrl') + path)
    const after = await context.cookies(inject('baseUrl'))
    expect(after.map(({ value }) => value)).toEqual(before.map(({ value }) => value))
  }
})
