import type { BrowserContext } from 'playwright-core'
import { expect, inject, it } from 'vitest'
import { signChallengePass } from '../../src/platform/identity/challenge-pass.ts'
import { hashToken } from '../../src/platform/identity/ids.ts'
import { challengePolicy } from '../../src/protocol/headers.ts'
import { composer, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { TURNSTILE } from './server.ts'

const browser = useBrowser()

const url = inject('challengedUrl')
const { TURNSTILE_SITE_KEY: SITE_KEY, TURNSTILE_SECRET_KEY: SECRET } = TURNSTILE
const TOKEN = 'XXXX.DUMMY.TOKEN.XXXX'

/** A visitor with a stand-in for Turnstile's script, whose token the server accepts without asking Turnstile. */
async function visitor(): Promise<BrowserContext> {
  const context = await browser.visitor({ baseURL: url, expected: /403|ERR_FAILED/ })
  await context.route('https://challenges.cloudflare.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: WIDGET }),
  )
  await context.route('**/api/session/challenge', async (route) => {
    expect(route.request().postDataJSON()).toEqual({ token: TOKEN })
    const cookies = await context.cookies()
    const token = cookies.find(({ name }) => name === 'hallway')?.value ?? ''
    const note = await signChallengePass(await hashToken(token), Date.now() + 60_000, SECRET)
    await route.fulfill({ status: 204, headers: { 'Set-Cookie': `hallway-human=${note}; Path=/; HttpOnly` } })
  })
  return context
}

const WIDGET = `window.turnstile = {
  render(place, { sitekey, callback }) {
    const button = document.createElement('button')
    button.textContent = 'I am a person, says ' + sitekey
    button.onclick = () => callback('${TOKEN}')
    place.append(button)
  },
}`

it('[TP1] a new visitor passes the challenge on a page that names no room, and joins', async () => {
  const page = await (await visitor()).newPage()
  await page.goto('/r/lobby')
  await shown(page.getByRole('heading', { name: 'Are you a person?' }))
  const answered = page.waitForResponse(`${url}/challenge`)
  await page.getByRole('button', { name: 'Continue' }).click()
  expect((await answered).headers()['content-security-policy']).toBe(challengePolicy)
  expect(page.url()).toBe(`${url}/challenge`)
  await page.getByRole('button', { name: `I am a person, says ${SITE_KEY}` }).click()
  await page.getByLabel('Your name').fill('Ann')
  await page.keyboard.press('Enter')
  await shown(composer(page))
  expect(page.url()).toBe(`${url}/r/lobby`)
})

it('[TP2] the page says when the challenge cannot be loaded, and tries again', async () => {
  const context = await visitor()
  const page = await context.newPage()
  let isThere = false
  await context.route('https://challenges.cloudflare.com/**', (route) =>
    isThere ? route.fallback() : route.abort(),
  )
  await page.goto('/r/lobby')
  await page.getByRole('button', { name: 'Continue' }).click()
  await shown(page.getByText('The check failed.'))
  isThere = true
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'I am a person' }).click()
  await shown(page.getByLabel('Your name'))
})

it('[TP3] a visitor who opens the challenge page without being sent there is led to the front page', async () => {
  const page = await (await visitor()).newPage()
  await page.goto('/challenge')
  await page.waitForURL(`${url}/`)
})

it('[TP4] leaving the challenge page by a link ends the script that runs on it', async () => {
  const page = await (await visitor()).newPage()
  await page.goto('/r/lobby')
  await page.getByRole('button', { name: 'Continue' }).click()
  await shown(page.getByRole('button', { name: 'I am a person' }))
  expect(await page.evaluate(() => 'turnstile' in globalThis)).toBe(true)
  await page.getByRole('link', { name: 'Hallway' }).click()
  await shown(page.getByRole('button', { name: 'Start a room' }))
  expect(await page.evaluate(() => 'turnstile' in globalThis)).toBe(false)
})
