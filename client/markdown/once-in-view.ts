const waiting = new Map<Element, () => void>()
let observer: IntersectionObserver | undefined

/** Runs a function once, when any part of an element is in view. Returns a function that cancels it. */
export function onceInView(element: Element, run: () => void): () => void {
  observer ??= new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue
      const wanted = waiting.get(target)
      leave(target)
      wanted?.()
    }
  })
  waiting.set(element, run)
  observer.observe(element)
  return () => leave(element)
}

function leave(element: Element): void {
  waiting.delete(element)
  observer?.unobserve(element)
}
