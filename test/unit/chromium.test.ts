import { afterEach, expect, it, vi } from 'vitest'
import { ensureChromium } from '../../tools/chromium.mjs'

afterEach(() => {
  vi.restoreAllMocks()
})

it('[PK4] the tests say what they install on this machine and how to prevent it, and wait before they do', async () => {
  const done: string[] = []
  vi.spyOn(console, 'log').mockImplementation((text) => done.push(String(text)))
  const path = await ensureChromium({
    find: () => (done.includes('installed') ? '/usr/bin/chromium' : undefined),
    canInstall: () => true,
    wait: async (ms) => {
      done.push(`waited ${ms} ms`)
    },
    install: () => {
      done.push('installed')
    },
  })
  expect(path).toBe('/usr/bin/chromium')
  expect(done).toEqual([
    expect.stringMatching(
      /apt-get installs .* "chromium-headless-shell" in ten seconds.\nTo prevent that, press Ctrl-C/,
    ),
    'waited 10000 ms',
    'installed',
  ])
})

it('[PK5] the tests install nothing where there is a browser', async () => {
  const install = vi.fn()
  expect(await ensureChromium({ find: () => '/opt/browser', canInstall: () => true, install })).toBe(
    '/opt/browser',
  )
  expect(install).not.toHaveBeenCalled()
})
