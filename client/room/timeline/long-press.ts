/** The usual time of phones. */
const LONG_PRESS_MS = 500
/** A resting finger moves up to this far. */
const RESTING_PX = 10

/** Calls `onPress` when a finger rests. Lifting it afterwards is no tap. */
export function createLongPress(onPress: (target: EventTarget | null) => void) {
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
        onPress(event.target)
      }, LONG_PRESS_MS)
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      if (from && Math.hypot(clientX - from.clientX, clientY - from.clientY) > RESTING_PX) stop()
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onTouchEnd(event: TouchEvent) {
      // The sheet is under the finger by now and would be tapped.
      if (isPressed && event.cancelable) event.preventDefault()
      isPressed = false
    },
  }
}
