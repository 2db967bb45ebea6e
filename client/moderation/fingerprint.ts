/** A few characters of who someone is in a room: the same whatever name they take there, and another in each room. */
export function fingerprintOf(by: string): string {
  return `${by.slice(0, 4)} ${by.slice(4, 8)}`.trim()
}
