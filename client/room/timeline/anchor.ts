/** A row in view, and how far it is below the top of the scroller's content. */
export interface Anchor {
  row: Element
  offset: number
}

/** Anchors the text of the first message in view. Dates and names above it may come and go. */
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
  return { row: text, offset: offsetOf(text, scroller) }
}

/** Scrolls the row back to where the reader saw it, whatever changed around it. */
export function holdAnchor({ row, offset }: Anchor, scroller: HTMLElement) {
  const moved = row.isConnected ? offsetOf(row, scroller) - offset : 0
  if (Math.abs(moved) >= 0.5) scroller.scrollTop += moved
}

function offsetOf(row: Element, scroller: HTMLElement): number {
  return row.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
}
