import { type ReadonlySignal, signal } from '@preact/signals'
import type { ScrollPosition } from '../../storage/scroll-positions.ts'
import { type Anchor, anchorOf, holdAnchor } from './anchor.ts'

const AT_PRESENT_PX = 48
const NEAR_PX = 1_200
/** The target of a jump is highlighted for this long. */
const HIGHLIGHT_MS = 1_500

export interface Follow {
  /** The newest `seq` when the reader left the present; undefined while they are at it. */
  leftAt: ReadonlySignal<number | undefined>
  /** Follows this scroller until the function that it returns is called. */
  attach(scroller: HTMLElement): () => void
  /** Call after a scroll. */
  look(): void
  /** Call after each drawing of the timeline. */
  drawn(): void
  toPresent(): void
  /** Brings a message into view and highlights it. */
  show(seq: number): void
  /** Brings the unread line into view. */
  showUnread(): void
  /** Where the reader is; undefined at the present. */
  position(): ScrollPosition | undefined
  /** Brings the reader back to where they were. */
  returnTo(position: ScrollPosition): void
}

interface FollowDeps {
  newestSeq(): number
  /** Whether rows below are not drawn: then the lower end is not the present. */
  isCut(): boolean
  /** The reader comes near an end of the drawn rows. */
  nearTop(): void
  nearBottom(): void
  /** The unread line came into view. */
  unreadSeen(): void
  /** Draws the newest rows. */
  toPresent(): void
}

/**
 * Follows where the reader is. The scroller is a reversed column: `scrollTop` is 0 at the present, where the browser
 * stays by itself, and negative above it. Above the present, the message in view is held in place: when something
 * moves it, it is put back in the same frame. `overflow-anchor: none` makes that the same in every browser.
 */
export function createFollow(deps: FollowDeps): Follow {
  const leftAt = signal<number | undefined>(undefined)
  let scroller: HTMLElement | undefined
  let anchor: Anchor | undefined
  let scrolled = 0

  function look() {
    if (!scroller) return
    const below = -scroller.scrollTop
    const isCut = deps.isCut()
    const away = below > AT_PRESENT_PX || isCut
    anchor = away ? anchorOf(scroller) : undefined
    scrolled = scroller.scrollTop
    if (!away) leftAt.value = undefined
    else if (leftAt.peek() === undefined) leftAt.value = deps.newestSeq()
    if (isInView('.unread', scroller)) deps.unreadSeen()
    const above = scroller.scrollHeight - scroller.clientHeight + scroller.scrollTop
    if (above < NEAR_PX) deps.nearTop()
    else if (isCut && below < NEAR_PX) deps.nearBottom()
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
      deps.toPresent()
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
      // The rows that were loaded for it are drawn by then.
      requestAnimationFrame(() => {
        const row = scroller?.querySelector<HTMLElement>(`[data-seq="${seq}"]`)
        row?.scrollIntoView({ block: 'center' })
        row?.focus({ preventScroll: true })
        row?.animate([{ backgroundColor: 'var(--glow)' }, { backgroundColor: 'transparent' }], HIGHLIGHT_MS)
        look()
      })
    },
    position() {
      const seq = Number(anchor?.row.closest<HTMLElement>('[data-seq]')?.dataset.seq)
      const left = leftAt.peek()
      if (anchor === undefined || left === undefined || Number.isNaN(seq)) return undefined
      return { seq, offset: anchor.offset - scrolled, leftAt: left }
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
