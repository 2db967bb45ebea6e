/** The files of the page, in the form in which the build packs them. */
export interface Page {
  /** All files, one after the other. */
  PAGE: ArrayBuffer
  /** Each address, with its place in `PAGE`. */
  PAGE_FILES: Record<string, PackedFile>
}

export interface PackedFile {
  from: number
  length: number
  headers: Record<string, string>
}

/** The file at an address, or undefined if the Worker is to answer. It answers as Cloudflare's static assets do. */
export function pageFile(request: Request, { PAGE, PAGE_FILES }: Page): Response | undefined {
  const { method, headers: sent, url } = request
  const { pathname, search } = new URL(url)
  const file = Object.hasOwn(PAGE_FILES, pathname) ? PAGE_FILES[pathname] : undefined
  if (file === undefined) return undefined
  if (method !== 'GET' && method !== 'HEAD')
    return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } })
  const { from, length, headers } = file
  if (headers.Location !== undefined)
    return new Response(null, { status: 307, headers: { ...headers, Location: headers.Location + search } })
  const known = (sent.get('If-None-Match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (known.includes(headers.ETag ?? '')) return new Response(null, { status: 304, headers })
  const body = method === 'GET' ? new Uint8Array(PAGE, from, length) : null
  return new Response(body, { headers: { ...headers, 'Content-Length': String(length) } })
}
