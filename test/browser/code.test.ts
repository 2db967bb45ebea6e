import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { enter, messages, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { speakIn } from './speaker.ts'
import { settled } from './waiting.ts'

const browser = useBrowser()

const TS = '/** How long. */\nexport const wait = (ms: number): string => `never`'
const PY = 'def greet(name):\n    return f"hello {name}"  # to all'
const LONG = Array.from({ length: 300 }, (_, n) => `n${n} = 7`).join('\n')
const fenced = (language: string, code: string) => `\`\`\`${language}\n${code}\n\`\`\``

let speakers = 0

async function sayAll(room: string, ...bodies: string[]): Promise<void> {
  speakers += 1
  const cleo = await speakIn(room, `Cleo ${speakers}`)
  for (const [n, body] of bodies.entries()) await cleo.change('updateChat', { id: `${n}`, body })
}

/** Counts a visitor's requests for the highlighter. */
function askedFor(context: BrowserContext): () => number {
  let count = 0
  context.on('request', (request) => {
    if (/\/assets\/highlight-.*\.js$/.test(request.url())) count += 1
  })
  return () => count
}

const code = (page: Page) => messages(page).locator('.code__text code')

it('[CX1] the highlighter is loaded once, when code in a language it knows comes into view', async () => {
  const room = 'code-lazy'
  await sayAll(room, fenced('ts', TS), ...Array.from({ length: 20 }, (_, n) => `line ${n}\n\n\nmore`))
  const context = await browser.visitor()
  const asked = askedFor(context)
  const ann = await enter(context, room, 'Ann')
  await shown(messages(ann).getByText('line 19'))
  await sayAll(room, fenced('', TS), fenced('brainfuck', '+[-].'), fenced('__proto__', TS))
  await shown(code(ann).getByText('+[-].'))
  await settled(ann)
  expect(asked()).toBe(0)

  await code(ann).first().scrollIntoViewIfNeeded()
  await shown(code(ann).locator('.token-keyword').getByText('export'))
  await expect.poll(() => code(ann).first().textContent()).toBe(TS)
  await ann.getByRole('button', { name: 'Jump to the latest messages' }).click()
  await sayAll(room, fenced('Py', PY), fenced('sh', 'for f in *; do echo "$f"; done'))
  await shown(code(ann).locator('.token-keyword').getByText('def'))
  await shown(code(ann).locator('.token-property').getByText('$f'))
  await expect.poll(() => code(ann).nth(4).textContent()).toBe(PY)
  await expect.poll(() => code(ann).nth(2).locator('span').count()).toBe(0)
  expect(asked()).toBe(1)
})

it('[CX2] code is readable as it is when the highlighter cannot be loaded', async () => {
  const room = 'code-plain'
  await sayAll(room, fenced('ts', TS))
  const context = await browser.visitor({ expected: /ERR_FAILED/ })
  await context.route('**/assets/highlight-*.js', (route) => route.abort())
  const asked = askedFor(context)
  const ann = await enter(context, room, 'Ann')
  await expect.poll(asked).toBeGreaterThan(0)
  await settled(ann)
  await expect.poll(() => code(ann).textContent()).toBe(TS)
  await expect.poll(() => code(ann).locator('span').count()).toBe(0)
})

it('[CX3] edited code is highlighted as it is now', async () => {
  const room = 'code-edited'
  const cleo = await speakIn(room, 'Cleo')
  const ref = await cleo.change('updateChat', { id: 'code', body: fenced('ts', TS) })
  const ann = await enter(await browser.visitor(), room, 'Ann')
  await shown(code(ann).locator('.token-keyword').getByText('export'))
  await cleo.change('editChat', { id: 'edit', ref, body: fenced('py', PY) })
  await shown(code(ann).locator('.token-keyword').getByText('def'))
  await expect.poll(() => code(ann).textContent()).toBe(PY)
})

it('[CX8] code whose highlighting does not end stays plain, and other code is highlighted', async () => {
  const room = 'code-endless'
  // Whichever end the page begins at, some comes after them.
  await sayAll(room, fenced('ts', TS), ...[1, 2, 3].map((n) => fenced('c', `endless ${n}`)), fenced('py', PY))
  const context = await browser.visitor()
  await context.route('**/assets/highlight-worker-*.js', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: ENDLESS + (await response.text()) })
  })
  const ann = await enter(context, room, 'Ann')
  await shown(code(ann).locator('.token-keyword').getByText('export'))
  await shown(code(ann).locator('.token-keyword').getByText('def'))
  for (const n of [1, 2, 3]) {
    await expect.poll(() => code(ann).nth(n).textContent()).toBe(`endless ${n}`)
    await expect.poll(() => code(ann).nth(n).locator('span').count()).toBe(0)
  }
  await expect.poll(() => ann.workers().length).toBe(1)
})

/** Comes before the worker's own script, and does not end for some texts. */
const ENDLESS = `addEventListener('message', ({ data }) => {
  if (!data.text.startsWith('endless')) return
  postMessage({ paceMs: 1 })
  for (;;);
});
`

it.each(['light', 'dark'] as const)(
  '[CX4] every colour of highlighted code has enough contrast in the %s theme',
  async (colorScheme) => {
    const room = `code-${colorScheme}`
    await sayAll(room, fenced('ts', TS))
    const ann = await enter(await browser.visitor({ colorScheme }), room, 'Ann')
    await shown(code(ann).locator('.token-keyword'))
    const contrasts = await ann.evaluate(() => {
      const kinds = ['keyword', 'string', 'number', 'comment', 'name', 'property', 'meta', 'added', 'removed']
      const block = document.querySelector('.code')
      const brush = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d')
      if (!block || !brush) throw new Error('There is no code')
      const luminanceOf = (color: string): number => {
        brush.fillStyle = color
        brush.fillRect(0, 0, 1, 1)
        const [red = 0, green = 0, blue = 0] = [...brush.getImageData(0, 0, 1, 1).data].map((part) => {
          const value = part / 255
          return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
        })
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
      }
      const paper = luminanceOf(getComputedStyle(block).backgroundColor)
      return kinds.map((kind) => {
        const span = document.createElement('span')
        span.className = `token-${kind}`
        block.querySelector('code')?.append(span)
        const letters = luminanceOf(getComputedStyle(span).color)
        return [kind, (Math.max(paper, letters) + 0.05) / (Math.min(paper, letters) + 0.05)] as const
      })
    })
    expect(new Set(contrasts.map(([, contrast]) => contrast)).size).toBeGreaterThan(6)
    for (const [kind, contrast] of contrasts) expect(contrast, kind).toBeGreaterThanOrEqual(4.5)
  },
)

describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
  it('[CX5] three hundred lines of code are folded, unfolded in place, and copied whole', async () => {
    const room = `code-long-${device}`
    await sayAll(room, ...Array.from({ length: 12 }, (_, n) => `line ${n}`), fenced('js', LONG), 'after it')
    const context = await browser.visitor({ device, permissions: ['clipboard-read', 'clipboard-write'] })
    const ann = await enter(context, room, 'Ann')
    const block = messages(ann).locator('.code__text')
    await shown(messages(ann).getByText('after it'))
    await settled(ann)
    const folded = await block.evaluate(({ clientHeight, scrollHeight }) => [clientHeight, scrollHeight])
    expect(folded[0]).toBeLessThanOrEqual(384)
    expect(folded[1]).toBeGreaterThan(300 * 15)
    await ann.getByRole('button', { name: 'Copy code' }).click()
    await shown(ann.getByText('Code copied'))
    expect(await ann.evaluate(() => navigator.clipboard.readText())).toBe(LONG)

    const all = ann.getByRole('button', { name: 'Show all 300 lines', expanded: false })
    const top = (await all.boundingBox())?.y
    await all.click()
    const fewer = ann.getByRole('button', { name: 'Show fewer lines', expanded: true })
    await shown(fewer)
    await settled(ann)
    expect((await fewer.boundingBox())?.y).toBe(top)
    await expect.poll(() => block.evaluate((pre) => pre.scrollHeight - pre.clientHeight)).toBe(0)
    await fewer.click()
    await shown(all)
    await settled(ann)
    await expect.poll(() => block.evaluate((pre) => pre.clientHeight)).toBe(folded[0])
    await expect.poll(() => all.evaluate((button) => button === document.activeElement)).toBe(true)
  })

  it('[CX6] short code is shown whole, without a button', async () => {
    const room = `code-short-${device}`
    await sayAll(room, fenced('js', Array.from({ length: 24 }, (_, n) => `line(${n})`).join('\n')))
    const ann = await enter(await browser.visitor({ device }), room, 'Ann')
    const block = messages(ann).locator('.code__text')
    await shown(block.locator('span'))
    await expect.poll(() => block.evaluate((pre) => pre.scrollHeight - pre.clientHeight)).toBe(0)
    await expect.poll(() => messages(ann).getByRole('button', { name: /^Show/ }).count()).toBe(0)
  })

  it.each([
    ['words', 'many words that go on and on '.repeat(138).slice(0, 3_999).trim()],
    ['one word', 'x'.repeat(4_000)],
    ['one line of code', fenced('js', 'f(1);'.repeat(797))],
    ['lines', 'a line of its own\n'.repeat(222).slice(0, 4_000).trim()],
  ])(
    '[CX7] the longest message, of %s, stays within the page and within a readable line',
    async (kind, body) => {
      const room = `code-4000-${device}-${kind.replaceAll(' ', '-')}`
      await sayAll(room, body)
      const ann = await enter(await browser.visitor({ device }), room, 'Ann')
      const text = messages(ann).locator('.message__text')
      await shown(text)
      const measured = await text.evaluate((element) => {
        const ruler = document.createElement('span')
        ruler.append('0'.repeat(72))
        element.append(ruler)
        const line = ruler.getBoundingClientRect().width
        ruler.remove()
        const { left, right, width } = element.getBoundingClientRect()
        return {
          isInside: left >= 0 && right <= innerWidth && width <= Math.max(line, innerWidth),
          width,
          line,
        }
      })
      expect(measured.isInside).toBe(true)
      if (device === 'desktop') expect(measured.width).toBeLessThanOrEqual(measured.line + 1)
      const overflow = await ann.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow).toBe(0)
      const written = body.startsWith('```') ? body.split('\n').slice(1, -1).join('\n') : body
      await expect.poll(() => (body.startsWith('```') ? code(ann) : text).textContent()).toBe(written)
    },
  )
})
