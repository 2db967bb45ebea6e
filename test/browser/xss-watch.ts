import type { BrowserContext } from 'playwright-core'

/** The text that a payload logs if it runs. */
const MARKER = 'xss-marker'

export interface XssWatch {
  /** The violations found so far. */
  readonly caught: readonly string[]
}

/**
 * Watches all pages of a visitor for text that was taken for markup or code: whether it runs, requests something,
 * navigates, or could run in the document. `home` is the only allowed origin.
 */
export async function watchForXss(context: BrowserContext, home: string): Promise<XssWatch> {
  const caught: string[] = []
  await context.exposeBinding('xssCaught', (_, what) => {
    caught.push(String(what))
  })
  await context.addInitScript(install)

  context.on('dialog', (dialog) => {
    caught.push(`a dialog: ${dialog.message()}`)
    dialog.dismiss().catch(() => undefined)
  })
  context.on('console', (message) => {
    if (message.text().includes(MARKER)) caught.push(`said on the console: ${message.text()}`)
  })
  context.on('request', (request) => {
    if (originOf(request.url()) !== home) caught.push(`a request: ${request.url()}`)
  })
  context.on('page', (page) => {
    page.on('frameattached', (frame) => caught.push(`a frame: ${frame.url()}`))
    page.on('popup', (popup) => caught.push(`a window: ${popup.url()}`))
    page.on('websocket', (socket) => {
      if (originOf(socket.url()) !== home.replace('http', 'ws')) caught.push(`a socket: ${socket.url()}`)
    })
    page.on('framenavigated', (frame) => {
      const url = frame.url()
      if (url !== 'about:blank' && originOf(url) !== home) caught.push(`a navigation: ${url}`)
    })
  })
  return { caught }
}

function originOf(url: string): string {
  return new URL(url).origin
}

/** Runs in each frame before its own scripts. `xssLook` returns what is wrong in a tree. */
function install() {
  const NEVER =
    /^(?:i?frame|frameset|object|embed|applet|portal|base|style|template|math|foreignobject|img|image|video|audio|source|track|use|animate\w*|set|marquee)$/i
  const ADDRESSES =
    /^(?:href|xlink:href|src|srcset|action|formaction|data|poster|background|cite|ping|dynsrc|lowsrc)$/i
  const SCHEMES = /^https?:$/
  const isOurs = (url: string) => new URL(url, location.href).origin === location.origin

  function faultsOf(element: Element): string[] {
    const { localName, attributes } = element
    const faults: string[] = []
    if (NEVER.test(localName)) faults.push(`<${localName}>`)
    if (localName === 'meta' && element.hasAttribute('http-equiv')) faults.push('<meta http-equiv>')
    const src = element.getAttribute('src') ?? ''
    if (localName === 'script' && !(isOurs(src) && src.startsWith('/assets/'))) faults.push('<script>')
    if (localName === 'link' && !isOurs(element.getAttribute('href') ?? '')) faults.push('<link>')
    for (const { name, value } of attributes) {
      if (/^on/i.test(name)) faults.push(`${name}=${value}`)
      if (/^srcdoc$/i.test(name)) faults.push(`srcdoc=${value}`)
      if (ADDRESSES.test(name) && !SCHEMES.test(schemeOf(value))) faults.push(`${name}=${value}`)
      const isClobber = /^(?:id|name)$/i.test(name) && element.closest('[role="log"]') !== null
      if (isClobber) faults.push(`${name}=${value}`)
    }
    return faults
  }

  function schemeOf(url: string): string {
    try {
      return new URL(url, location.href).protocol
    } catch {
      return 'none'
    }
  }

  const look = (root: Element): string[] => [root, ...root.querySelectorAll('*')].flatMap(faultsOf)
  const report = (what: string) => Reflect.get(window, 'xssCaught')(what)

  Object.defineProperty(window, '__xss', { get: () => 0, set: () => report('it ran') })
  Reflect.set(window, 'xssLook', look)
  Reflect.set(window, 'xssSeen', new Set<string>())
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      const seen: Set<string> = Reflect.get(window, 'xssSeen')
      for (const node of [target, ...addedNodes]) {
        if (!(node instanceof Element)) continue
        const found = node === target ? faultsOf(node) : look(node)
        for (const fault of found) report(`in the document: ${fault}`)
        const rows = node === target ? [node] : [node, ...node.querySelectorAll('[data-seq]')]
        for (const row of rows) if (row instanceof HTMLElement && row.dataset.seq) seen.add(row.dataset.seq)
      }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true })
}
