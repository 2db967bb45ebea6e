import { type ReadonlySignal, signal } from '@preact/signals'
import { roomPath } from '../../src/protocol/names.ts'
import { parseRoute, type Route } from './route.ts'

const current = signal<Route>({ kind: 'front' })
export const route: ReadonlySignal<Route> = current

let isFirst = true

/** Whether this is the page that was loaded, before any navigation inside it. */
export function isFirstPage(): boolean {
  return isFirst
}

/** Reads the address, and follows history and clicked links. */
export function startRouter(): void {
  current.value = read()
  addEventListener('popstate', move)
  addEventListener('click', (event) => {
    const path = pathOfPlainClick(event)
    if (path === undefined) return
    event.preventDefault()
    go(path)
  })
}

/** Goes to another page of the site without a reload. */
export function go(path: string) {
  // The script of a third party ends only with the page it runs on.
  if (current.peek().kind === 'challenge') return location.assign(path)
  history.pushState(null, '', path)
  move()
}

function move() {
  isFirst = false
  current.value = read()
}

/** Takes over only plain clicks on links to this site. */
function pathOfPlainClick(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download'))
    return undefined
  return parseRoute(link.pathname).kind === 'nowhere' ? undefined : link.pathname + link.hash
}

function read(): Route {
  const here = parseRoute(location.pathname)
  if (here.kind === 'room' && location.pathname !== roomPath(here.room)) {
    history.replaceState(history.state, '', roomPath(here.room) + location.hash)
  }
  return here
}
