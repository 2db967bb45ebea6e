/** Whether this device is used with a finger. */
export function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches
}
