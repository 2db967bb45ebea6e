/** As long as phones themselves wait. */
const LONG_MS = 500
/** What a finger that rests still moves. */
const STILL_PX = 10

/** A finger that rests: `pressed` is told where it does. What ends by being lifted then is no tap. */
export function createLongPress(pressed: (target: EventTarget | null) => void) {
  let from: PointerEvent | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isPressed = false

  function stop() {
    clearTimeout(timer)
    from = undefined
  }

  return {
    onPointerDown(event: PointerEvent) {
      stop()
      isPressed = false
      if (event.pointerType !== 'touch' || !event.isPrimary) return
      from = event
      timer = setTimeout(() => {
        isPressed = true
        pressed(event.target)
      }, LONG_MS)
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      if (from && Math.hypot(clientX - from.clientX, clientY - from.clientY) > STILL_PX) stop()
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onTouchEnd(event: TouchEvent) {
      // Under the finger stands the sheet by now, which would be tapped.
      if (isPressed && event.cancelable) event.preventDefault()
      isPressed = false
    },
  }
}
