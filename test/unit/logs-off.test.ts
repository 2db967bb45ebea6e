import { expect, it } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'
import { root } from '../../tools/install.mjs'

it('[LG9] as shipped, the platform keeps no log: beside each line it would keep the URL of a room', () => {
  const { observability } = readConfig({ config: `${root}wrangler.toml` }, { hideWarnings: true })
  expect(observability).toMatchObject({
    enabled: false,
    logs: { enabled: false, invocation_logs: false },
    traces: { enabled: false },
  })
})
