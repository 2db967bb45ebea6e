/**
 * On iOS an open keyboard covers the page instead of making it smaller. This gives the room the height that is left,
 * so that the browser does not push the room's header out of the window.
 */
export function fitKeyboard(room: HTMLElement): () => void {
  const viewport = visualViewport
  const ended = new AbortController()

  function fit() {
    if (!viewport) return
    const isCovered = document.documentElement.clientHeight - viewport.height > 1
    // Zooming in shows less of the page as well.
    const isSmaller = isCovered && viewport.scale === 1
    room.style.blockSize = isSmaller ? `${viewport.height}px` : ''
    if (isSmaller) scrollTo(0, 0)
  }

  viewport?.addEventListener('resize', fit, ended)
  viewport?.addEventListener('scroll', fit, ended)
  return () => ended.abort()
}
