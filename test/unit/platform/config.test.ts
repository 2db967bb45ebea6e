import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { crowdLimitsOf, DEFAULTS, rateOf, setting, throttlesOf } from '../../../src/platform/config.ts'

const text = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

it.each(Object.entries(DEFAULTS))(
  '[CF1] an operator finds %s, with its default %d, where they would look for it',
  (name, value) => {
    expect(text('wrangler.toml')).toContain(`\n${name} = "${value}"\n`)
    expect(JSON.parse(text('package.json')).cloudflare.bindings).toHaveProperty([name, 'description'])
    const row = text('docs/hosting.md')
      .split('\n')
      .find((line) => line.startsWith('|') && line.includes(`\`${name}\``))
    expect(row?.split('|')[2]).toContain(String(value))
  },
)

it.each(['0', '-1', 'many', '', 'NaN', 'Infinity'])('[CF2] %j is no setting: the default holds', (value) => {
  expect(setting({ RATE_BURST: value }, 'RATE_BURST')).toBe(DEFAULTS.RATE_BURST)
})

it('[CF3] what an operator sets holds in the place it is for', () => {
  const set = Object.fromEntries(Object.keys(DEFAULTS).map((name, i) => [name, String((i + 1) * 60)]))
  expect([rateOf(set), throttlesOf(set), crowdLimitsOf(set)]).toEqual([
    { burst: 60, perSecond: 120 },
    {
      network: { burst: 180, perSecond: 240 },
      arrivals: { burst: 300, perSecond: 360 },
      appeals: { burst: 420, perSecond: 8 },
    },
    { sockets: 540, personSockets: 600, networkSockets: 660 },
  ])
})
