/** Whether this is a touch device. */
export function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches
}
