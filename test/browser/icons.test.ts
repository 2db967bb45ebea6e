import { expect, inject, it } from 'vitest'

const get = (path: string) => fetch(inject('baseUrl') + path)
/** The `href` of every link with this `rel`. */
const linked = (html: string, rel: string) =>
  [...html.matchAll(/<link[^>]*>/g)]
    .filter(([link]) => link.includes(`rel="${rel}"`))
    .map(([link]) => /href="([^"]+)"/.exec(link)?.[1] ?? '')

it('[IC1] every icon that the page and its manifest name exists and is a picture', async () => {
  const html = await (await get('/')).text()
  const [manifest = ''] = linked(html, 'manifest')
  const { icons } = (await (await get(manifest)).json()) as { icons: { src: string }[] }
  const named = [...linked(html, 'icon'), ...linked(html, 'apple-touch-icon'), ...icons.map(({ src }) => src)]
  expect(new Set(named)).toEqual(
    new Set(['/favicon.svg', '/apple-touch-icon.png', '/icon-192.png', '/icon-512.png']),
  )
  for (const path of named) {
    const response = await get(path)
    expect(response.status, path).toBe(200)
    expect(response.headers.get('Content-Type'), path).toMatch(/^image\//)
  }
})

it('[IC2] the manifest has everything that an installation needs', async () => {
  const html = await (await get('/')).text()
  const [path = ''] = linked(html, 'manifest')
  const manifest = await (await get(path)).json()
  expect(manifest).toMatchObject({
    name: 'Hallway',
    id: '/',
    scope: '/',
    start_url: '/',
    display: 'standalone',
    share_target: { action: '/share', method: 'GET' },
  })
  const { icons } = manifest as { icons: { src: string; sizes: string; type: string; purpose?: string }[] }
  expect(icons.some(({ purpose }) => purpose === 'maskable')).toBe(true)
  for (const { src, sizes } of icons.filter(({ type }) => type === 'image/png')) {
    const bytes = new DataView(await (await get(src)).arrayBuffer())
    // A PNG begins with its width and height.
    expect(`${bytes.getUint32(16)}x${bytes.getUint32(20)}`, src).toBe(sizes)
  }
})
