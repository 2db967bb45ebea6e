import { beginsAtEdge, isFar, kindOfMove, type Point, wayOf } from './swipe.ts'

const BACK_MS = 140

/**
 * A finger that comes from the leading edge takes the room away, and `leave` is called where it took it far enough.
 * Where the system has a gesture of its own there, it takes the finger from us and nothing happens.
 */
export function swipeBack(room: HTMLElement, leave: () => void): () => void {
  const ended = new AbortController()

  function begin(event: TouchEvent) {
    const [touch] = event.touches
    if (event.touches.length > 1 || !touch || hasUse(event.target)) return
    const isRtl = getComputedStyle(room).direction === 'rtl'
    const from = pointOf(touch)
    if (beginsAtEdge(from, innerWidth, isRtl)) follow(from, isRtl)
  }

  /** Only now does anything have to be waited for while a finger moves. */
  function follow(from: Point, isRtl: boolean) {
    const over = new AbortController()
    const signal = AbortSignal.any([over.signal, ended.signal])
    let isSwipe = false
    let way = 0

    const letGo = (isDone: boolean) => {
      over.abort()
      if (!isSwipe) return
      if (isDone) return leave()
      const { transform } = room.style
      room.style.transform = ''
      if (transform) room.animate([{ transform }, { transform: 'none' }], BACK_MS)
    }
    room.addEventListener(
      'touchmove',
      (event) => {
        const [touch] = event.touches
        if (event.touches.length > 1 || !touch) return letGo(false)
        const to = pointOf(touch)
        const kind = isSwipe ? 'swipe' : kindOfMove(from, to, isRtl)
        if (kind === 'other') return letGo(false)
        if (kind === 'unsure') return
        isSwipe = true
        event.preventDefault()
        way = wayOf(from, to, isRtl)
        if (isStill()) return
        room.style.transform = `translateX(${Math.max(0, way) * (isRtl ? -1 : 1)}px)`
      },
      { signal, passive: false },
    )
    room.addEventListener('touchend', () => letGo(isFar(way)), { signal })
    room.addEventListener('touchcancel', () => letGo(false), { signal })
  }

  room.addEventListener('touchstart', begin, { signal: ended.signal, passive: true })
  return () => ended.abort()
}

/** What a finger moves by itself stays with it: code that scrolls, a text that is selected or written, a sheet. */
function hasUse(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || !getSelection()?.isCollapsed) return true
  if (target.closest('dialog, input, textarea')) return true
  const code = target.closest('pre')
  return code !== null && code.scrollWidth > code.clientWidth
}

function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}

function pointOf({ clientX: x, clientY: y }: Touch): Point {
  return { x, y }
}
