/** The key code browsers report while an input method is composing. */
const IME_KEY_CODE = 229

/** Whether a key belongs to an input method and must be ignored. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === IME_KEY_CODE
}
