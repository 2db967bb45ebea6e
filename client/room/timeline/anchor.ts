/** What a reader's eye rests on: a row, and where it stands in the content when nothing is scrolled. */
export interface Anchor {
  row: Element
  place: number
}

/** The text of the first message in view. Days and names above it may come and go. */
export function anchorOf(scroller: HTMLElement): Anchor | undefined {
  const rows = scroller.getElementsByClassName('message')
  const top = scroller.getBoundingClientRect().top
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > top) high = middle
    else low = middle + 1
  }
  const row = rows[low]
  if (!row) return undefined
  const text = row.querySelector('.message__text') ?? row
  return { row: text, place: placeOf(text, scroller) }
}

/** Scrolls so that the row is again where the reader saw it, whatever came, went or grew around it. */
export function holdAnchor({ row, place }: Anchor, scroller: HTMLElement) {
  const moved = row.isConnected ? placeOf(row, scroller) - place : 0
  if (Math.abs(moved) >= 0.5) scroller.scrollTop += moved
}

function placeOf(row: Element, scroller: HTMLElement): number {
  return row.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
}
