import { expect, inject, it } from 'vitest'
import { cacheControl, securityHeaders } from '../../src/protocol/headers.ts'

const get = (path: string) => fetch(inject('baseUrl') + path)

async function hashedAsset(): Promise<string> {
  const html = await (await get('/')).text()
  return /\/assets\/[^"]+\.js/.exec(html)?.[0] ?? expect.unreachable('the page names no script')
}

it.each(['/', '/r/main', '/healthz', '/nowhere', '/assets/missing.js'])(
  '[HD1] the security headers are on %s',
  async (path) => {
    const { headers } = await get(path)
    for (const [name, value] of Object.entries(securityHeaders)) expect(headers.get(name), name).toBe(value)
  },
)

it('[HD2] a file with a hash in its name is cached for good, with the security headers', async () => {
  const { headers } = await get(await hashedAsset())
  expect(headers.get('Cache-Control')).toBe(cacheControl.hashed)
  for (const [name, value] of Object.entries(securityHeaders)) expect(headers.get(name), name).toBe(value)
})

it('[HD5] a file keeps browsers on https once they have come over https', async () => {
  for (const path of ['/', '/sw.js', await hashedAsset()])
    expect((await get(path)).headers.get('Strict-Transport-Security'), path).toBe('max-age=31536000')
})

it.each(['/', '/r/main'])('[HD3] the page at %s is not cached', async (path) => {
  expect((await get(path)).headers.get('Cache-Control')).toBe(cacheControl.page)
})

it('[HD4] a missing file is a 404, not the page', async () => {
  const response = await get('/assets/missing.js')
  expect(response.status).toBe(404)
  expect(response.headers.get('Content-Type')).not.toContain('text/html')
})
