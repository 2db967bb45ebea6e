/** Scrolls an element's container until the element is where it was in the window. */
export function holdPlace(element: Element, top: number): void {
  const moved = element.getBoundingClientRect().top - top
  const scroller = scrollerOf(element)
  if (scroller && moved !== 0) scroller.scrollTop += moved
}

function scrollerOf(element: Element): Element | undefined {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  }
  return undefined
}
