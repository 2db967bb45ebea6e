import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import {
  DEFAULTS,
  rateOf,
  requestBytesOf,
  setting,
  sizesOf,
  socketLimitsOf,
  throttlesOf,
} from '../../../src/platform/config.ts'

const text = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

it.each(Object.entries(DEFAULTS))(
  '[CF1] an operator finds %s and its default %d in the documented place',
  (name, value) => {
    expect(text('wrangler.toml')).toContain(`\n${name} = "${value}"\n`)
    expect(JSON.parse(text('package.json')).cloudflare.bindings).toHaveProperty([name, 'description'])
    const row = text('docs/hosting.md')
      .split('\n')
      .find((line) => line.startsWith('|') && line.includes(`\`${name}\``))
    expect(row?.split('|')[2]).toContain(String(value))
  },
)

it.each(['0', '-1', 'many', '', 'NaN', 'Infinity'])(
  '[CF2] %j is no valid value, so the default holds',
  (value) => {
    expect(setting({ RATE_BURST: value }, 'RATE_BURST')).toBe(DEFAULTS.RATE_BURST)
  },
)

it('[CF3] an operator’s value is used where it belongs', () => {
  const set = Object.fromEntries(Object.keys(DEFAULTS).map((name, i) => [name, String((i + 1) * 60)]))
  expect([rateOf(set), throttlesOf(set), socketLimitsOf(set)]).toEqual([
    { burst: 60, perSecond: 120 },
    {
      network: { burst: 180, perSecond: 240 },
      arrivals: { burst: 300, perSecond: 360 },
      appeals: { burst: 420, perSecond: 8 },
    },
    { sockets: 540, personSockets: 600, networkSockets: 660 },
  ])
})

it.each([
  ['less than clients rely on', '100', 4_000, 32_768, 8_192],
  ['more than that', '33000.5', 6_000, 33_000, 33_000],
  ['more than there may be', '1e9', 6_000, 65_536, 65_536],
])('[CF4] a size of %s is %s only within its bounds', (_, value, bodyLength, frameBytes, requestBytes) => {
  const set = { BODY_LENGTH: value, FRAME_BYTES: value, REQUEST_BYTES: value }
  expect([sizesOf(set), requestBytesOf(set)]).toEqual([{ bodyLength, frameBytes }, requestBytes])
})

it('[CF5] a deploy keeps the variables of the dashboard that wrangler.toml does not name', () => {
  expect(text('wrangler.toml')).toContain('\nkeep_vars = true\n')
  for (const name of ['TURNSTILE_SITE_KEY', 'TURNSTILE_SECRET_KEY', 'ADMIN_TOKEN'])
    expect(text('wrangler.toml')).not.toContain(`\n${name} = `)
})

it('[CF6] the documented environment has every object, limit and variable without which it is another product', () => {
  const named = (toml: string) =>
    toml
      .match(/name = "[A-Z_]+",?\s*(class_name = "\w+")?/g)
      ?.map((line) => line.replaceAll(/,?\s+/g, ' ').trim())
  const [, staging = ''] = text('docs/hosting.md').split('[env.staging]\nroutes')
  const [block = ''] = staging.split('```')
  const [bindings = ''] = text('wrangler.toml').split('\n[vars]')
  expect(named(block)).toEqual(named(bindings.replaceAll(/^#.*$/gm, '')))
  expect(block).toContain('vars = { ADDRESS_HEADER = "CF-Connecting-IP" }')
})
