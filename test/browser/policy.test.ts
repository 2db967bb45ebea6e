import type { BrowserContext } from 'playwright-core'
import { expect, inject, it } from 'vitest'
import { enter, say } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'

const browser = useBrowser()

async function policyOf(path: string): Promise<Map<string, string>> {
  const { headers } = await fetch(inject('baseUrl') + path)
  const directives = (headers.get('Content-Security-Policy') ?? '').split('; ')
  return new Map(
    directives.map((directive) => {
      const [name = '', ...values] = directive.split(' ')
      return [name, values.join(' ')] as const
    }),
  )
}

it.each(['/', '/index.html', '/r/main', '/nowhere', '/favicon.svg', '/healthz', '/api/rooms/main'])(
  '[CP1] the policy of %s admits nothing from elsewhere or inline, and turns no text into code or markup',
  async (path) => {
    const policy = await policyOf(path)
    expect(policy.get('default-src')).toBe("'none'")
    expect(policy.get('script-src')).toBe("'self'")
    expect(policy.get('style-src')).toBe("'self'")
    expect(policy.get('connect-src')).toBe("'self'")
    expect(policy.get('base-uri')).toBe("'none'")
    expect(policy.get('form-action')).toBe("'self'")
    expect(policy.get('frame-ancestors')).toBe("'none'")
    expect(policy.get('require-trusted-types-for')).toBe("'script'")
    expect(policy.get('trusted-types')).toBe('hallway-shell hallway-highlighter')
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*|https?:|nonce|blob:/)
  },
)

/** Things that a page of ours never does. */
const VIOLATIONS: Record<string, () => void> = {
  'script-src-elem': () => {
    const link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = 'http://elsewhere.test/x.js'
    document.head.append(link)
  },
  'style-src-attr': () => document.body.setAttribute('style', 'color: red'),
  'style-src-elem': () => {
    const style = document.createElement('style')
    style.append('p { color: red }')
    document.head.append(style)
  },
  'img-src': () => {
    new Image().src = 'http://elsewhere.test/x.png'
  },
  'connect-src': () => {
    fetch('http://elsewhere.test/').catch(() => undefined)
  },
  'frame-src': () => {
    const frame = document.createElement('iframe')
    frame.src = 'http://elsewhere.test/'
    document.body.append(frame)
  },
  'base-uri': () => {
    const base = document.createElement('base')
    base.href = 'http://elsewhere.test/'
    document.head.append(base)
  },
  'form-action': () => {
    const form = document.createElement('form')
    form.action = 'http://elsewhere.test/'
    document.body.append(form)
    form.submit()
  },
  'require-trusted-types-for': () => {
    const script = document.createElement('script')
    script.append('globalThis.ran = 1')
    const sinks = [
      () => document.head.append(script),
      () => document.body.setAttribute('onclick', 'globalThis.ran = 1'),
      () => {
        document.body.innerHTML = '<img src=x onerror="globalThis.ran = 1">'
      },
      () => {
        location.href = 'javascript:globalThis.ran = 1'
      },
    ]
    for (const sink of sinks) {
      try {
        sink()
      } catch {
        // The refusal shows as this error.
      }
    }
    document.body.click()
  },
  'trusted-types': () => {
    try {
      Reflect.get(globalThis, 'trustedTypes').createPolicy('hallway', {})
    } catch {
      // No policy name is allowed.
    }
  },
}

const inTheRoom = async (room: string): Promise<BrowserContext> => {
  // No expected error hides a violation of the policy.
  const context = await browser.visitor({ expected: /^/ })
  const ann = await enter(context, room, 'Ann')
  await say(ann, 'in the room')
  return context
}

it.each(Object.entries(VIOLATIONS))(
  '[CP2] a %s violation fails a test, whatever the test expects',
  async (directive, violate) => {
    const context = await inTheRoom(`policy-${directive}`)
    expect(await browser.complaintsOf(context)).toEqual([])
    await context.pages()[0]?.evaluate(violate)
    const complaints: string[] = []
    await expect
      .poll(async () => {
        complaints.push(...(await browser.complaintsOf(context)))
        return complaints
      })
      .toContainEqual(expect.stringContaining(`Refused by the policy: ${directive} `))
    expect(await context.pages()[0]?.evaluate(() => Reflect.get(globalThis, 'ran'))).toBeUndefined()
  },
)

it('[CP3] a page of ours without its policy fails a test, even if it was closed meanwhile', async () => {
  const context = await browser.visitor()
  await context.route('**/r/bare', async (route) => {
    const response = await route.fetch()
    const { 'content-security-policy': _, ...headers } = response.headers()
    await route.fulfill({ response, headers })
  })
  const page = await context.newPage()
  await page.goto('/r/bare')
  await page.getByLabel('Your name').waitFor()
  await page.close()
  expect(await browser.complaintsOf(context)).toEqual([
    expect.stringMatching(/^Refused by the policy: not there/),
  ])
})
