/**
 * Where a keyboard that opens only covers the page instead of making it smaller (iOS), the room is as high as what is
 * left to see of it, and the browser does not get to push its head out of the window.
 */
export function fitKeyboard(room: HTMLElement): () => void {
  const seen = visualViewport
  const ended = new AbortController()

  function fit() {
    if (!seen) return
    const isCovered = document.documentElement.clientHeight - seen.height > 1
    // Whoever looks closer sees less of the page as well.
    const isLess = isCovered && seen.scale === 1
    room.style.blockSize = isLess ? `${seen.height}px` : ''
    if (isLess) scrollTo(0, 0)
  }

  seen?.addEventListener('resize', fit, ended)
  seen?.addEventListener('scroll', fit, ended)
  return () => ended.abort()
}
