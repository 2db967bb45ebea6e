import { type ReadonlySignal, signal } from '@preact/signals'

const AT_PRESENT_PX = 48
const NEAR_TOP_PX = 1_200

export interface Follow {
  /** The newest `seq` when the reader left the present to read above; nothing while they are there. */
  leftAt: ReadonlySignal<number | undefined>
  attach(scroller: HTMLElement): void
  /** The reader moved, or the timeline grew. */
  look(): void
  /** Call after each drawing of the timeline. */
  drawn(): void
  toPresent(): void
}

/**
 * Where the reader is. The scroller is a reversed column: `scrollTop` is 0 at the present and negative above it,
 * so the browser itself keeps the place when something is put in front, and stays at the end when it is there.
 */
export function createFollow(newestSeq: () => number, nearTop: () => void): Follow {
  const leftAt = signal<number | undefined>(undefined)
  const anchored = typeof CSS !== 'undefined' && CSS.supports('overflow-anchor', 'auto')
  let scroller: HTMLElement | undefined
  let drawnHeight = 0
  let drawnSeq = 0

  function look() {
    if (!scroller) return
    const away = -scroller.scrollTop > AT_PRESENT_PX
    if (!away) leftAt.value = undefined
    else if (leftAt.peek() === undefined) leftAt.value = newestSeq()
    const above = scroller.scrollHeight - scroller.clientHeight + scroller.scrollTop
    if (above < NEAR_TOP_PX) nearTop()
  }

  function drawn() {
    if (!scroller) return
    const height = scroller.scrollHeight
    const seq = newestSeq()
    // Without scroll anchoring (Safari) what comes in below pushes the reader up by its height.
    if (!anchored && leftAt.peek() !== undefined && seq !== drawnSeq && drawnHeight > 0) {
      scroller.scrollTop -= height - drawnHeight
    }
    drawnHeight = height
    drawnSeq = seq
    look()
  }

  return {
    leftAt,
    attach(element) {
      scroller = element
    },
    look,
    drawn,
    toPresent() {
      if (scroller) scroller.scrollTop = 0
      leftAt.value = undefined
    },
  }
}
