import { beginsAtEdge, distanceOf, isComplete, kindOfMove, type Point } from './swipe.ts'

const BACK_MS = 140

/**
 * A swipe from the leading edge moves the room aside, and calls `leave` when it is complete. Where the system has a
 * gesture of its own there, it takes the touch and nothing happens here.
 */
export function swipeBack(room: HTMLElement, leave: () => void): () => void {
  const ended = new AbortController()
  /** Ends the touch that is followed. */
  let over: AbortController | undefined

  function begin(event: TouchEvent) {
    const [touch] = event.touches
    if (event.touches.length > 1 || !touch || isUsed(event.target)) return
    const isRtl = getComputedStyle(room).direction === 'rtl'
    const from = pointOf(touch)
    if (beginsAtEdge(from, innerWidth, isRtl)) follow(from, isRtl)
  }

  /** The listener that can delay scrolling exists only during such a touch. */
  function follow(from: Point, isRtl: boolean) {
    const touch = new AbortController()
    const { signal } = touch
    over = touch
    let isSwipe = false
    let distance = 0

    const end = (hasLeft: boolean) => {
      touch.abort()
      if (!isSwipe) return
      if (hasLeft) return leave()
      const { transform } = room.style
      room.style.transform = ''
      if (transform) room.animate([{ transform }, { transform: 'none' }], BACK_MS)
    }
    room.addEventListener(
      'touchmove',
      (event) => {
        const [touch] = event.touches
        if (event.touches.length > 1 || !touch) return end(false)
        const to = pointOf(touch)
        const kind = isSwipe ? 'swipe' : kindOfMove(from, to, isRtl)
        if (kind === 'other') return end(false)
        if (kind === 'unsure') return
        isSwipe = true
        event.preventDefault()
        distance = distanceOf(from, to, isRtl)
        if (prefersReducedMotion()) return
        room.style.transform = `translateX(${Math.max(0, distance) * (isRtl ? -1 : 1)}px)`
      },
      { signal, passive: false },
    )
    room.addEventListener('touchend', () => end(isComplete(distance)), { signal })
    room.addEventListener('touchcancel', () => end(false), { signal })
  }

  room.addEventListener('touchstart', begin, { signal: ended.signal, passive: true })
  return () => {
    ended.abort()
    over?.abort()
  }
}

/** Whether the touch belongs to something else: code that scrolls, selected text, a field or a dialog. */
function isUsed(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || !getSelection()?.isCollapsed) return true
  if (target.closest('dialog, input, textarea')) return true
  const code = target.closest('pre')
  return code !== null && code.scrollWidth > code.clientWidth
}

function prefersReducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}

function pointOf({ clientX: x, clientY: y }: Touch): Point {
  return { x, y }
}
