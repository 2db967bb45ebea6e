/** What browsers report for a key that an input method is still using. */
const IME_KEY_CODE = 229

/** Whether a key is an input method's own, and nothing to be acted on. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === IME_KEY_CODE
}
