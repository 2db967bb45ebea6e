import { type ReadonlySignal, signal } from '@preact/signals'
import type { ScrollPosition } from '../../storage/scroll-positions.ts'
import { type Anchor, anchorOf, holdAnchor } from './anchor.ts'

const AT_PRESENT_PX = 48
const NEAR_PX = 1_200
/** How long a message that was asked for stands out. */
const SHOWN_MS = 1_500

export interface Follow {
  /** The newest `seq` when the reader left the present to read above; nothing while they are there. */
  leftAt: ReadonlySignal<number | undefined>
  /** Takes a scroller, with the timeline in it, until what it answers is called. */
  attach(scroller: HTMLElement): () => void
  /** Call when the reader scrolled. */
  look(): void
  /** Call after each drawing of the timeline. */
  drawn(): void
  toPresent(): void
  /** Brings a message into view, and shows which it is. */
  show(seq: number): void
  /** Brings the line of what is unread into view. */
  showUnread(): void
  /** Where the reader is; nothing while they are at the present. */
  position(): ScrollPosition | undefined
  /** Brings the reader back to where they were. */
  returnTo(position: ScrollPosition): void
}

interface Followed {
  newestSeq(): number
  /** Whether there is more below than is drawn: then nobody is at the present. */
  isCut(): boolean
  /** The reader comes near to an end of what is drawn. */
  nearTop(): void
  nearBottom(): void
  /** The line of what is unread is before the reader's eyes. */
  unreadSeen(): void
  /** The present is to be drawn. */
  toPresent(): void
}

/**
 * Where the reader is. The scroller is a reversed column: `scrollTop` is 0 at the present, where the browser stays
 * by itself, and negative above it. Who reads above keeps what they read before their eyes: it is put back in the
 * frame in which something else moved it, the same in every browser (hence `overflow-anchor: none`).
 */
export function createFollow(of: Followed): Follow {
  const leftAt = signal<number | undefined>(undefined)
  let scroller: HTMLElement | undefined
  let anchor: Anchor | undefined
  let scrolled = 0

  function look() {
    if (!scroller) return
    const below = -scroller.scrollTop
    const isCut = of.isCut()
    const away = below > AT_PRESENT_PX || isCut
    anchor = away ? anchorOf(scroller) : undefined
    scrolled = scroller.scrollTop
    if (!away) leftAt.value = undefined
    else if (leftAt.peek() === undefined) leftAt.value = of.newestSeq()
    if (isInView('.unread', scroller)) of.unreadSeen()
    const above = scroller.scrollHeight - scroller.clientHeight + scroller.scrollTop
    if (above < NEAR_PX) of.nearTop()
    else if (isCut && below < NEAR_PX) of.nearBottom()
  }

  function drawn() {
    if (scroller && anchor) holdAnchor(anchor, scroller)
    look()
  }

  return {
    leftAt,
    attach(element) {
      scroller = element
      const grown = new ResizeObserver(drawn)
      grown.observe(element)
      for (const child of element.children) grown.observe(child)
      return () => grown.disconnect()
    },
    look,
    drawn,
    toPresent() {
      anchor = undefined
      of.toPresent()
      if (scroller) scroller.scrollTop = 0
      look()
    },
    showUnread() {
      requestAnimationFrame(() => {
        scroller?.querySelector('.unread')?.scrollIntoView({ block: 'start' })
        look()
      })
    },
    show(seq) {
      // What was loaded for it is drawn first.
      requestAnimationFrame(() => {
        const row = scroller?.querySelector<HTMLElement>(`[data-seq="${seq}"]`)
        row?.scrollIntoView({ block: 'center' })
        row?.focus({ preventScroll: true })
        row?.animate([{ backgroundColor: 'var(--glow)' }, { backgroundColor: 'transparent' }], SHOWN_MS)
        look()
      })
    },
    position() {
      const seq = Number(anchor?.row.closest<HTMLElement>('[data-seq]')?.dataset.seq)
      const left = leftAt.peek()
      if (anchor === undefined || left === undefined || Number.isNaN(seq)) return undefined
      return { seq, offset: anchor.place - scrolled, leftAt: left }
    },
    returnTo({ seq, offset, leftAt: left }) {
      requestAnimationFrame(() => {
        const row = scroller?.querySelector(`[data-seq="${seq}"]`)
        if (!scroller || !row) return
        const text = row.querySelector('.message__text') ?? row
        const top = text.getBoundingClientRect().top - scroller.getBoundingClientRect().top
        scroller.scrollTop += top - offset
        look()
        if (leftAt.peek() !== undefined) leftAt.value = left
      })
    },
  }
}

function isInView(selector: string, scroller: HTMLElement): boolean {
  const box = scroller.querySelector(selector)?.getBoundingClientRect()
  const view = scroller.getBoundingClientRect()
  return box !== undefined && box.bottom > view.top && box.top < view.bottom
}
