/** Every page shows the same moment, so two pictures of a state differ only if the page does. */
export const NOW = Date.UTC(2026, 4, 14, 10, 24)
const DAY_MS = 86_400_000

/** A clock time, today or some days ago. */
export function timeAt(clock: string, daysAgo = 0): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return Date.UTC(2026, 4, 14, hours, minutes) - daysAgo * DAY_MS
}

export type TimeOf = (room: string, seq: number) => number

/** Replaces every time in a text from the server by the one that `timeOf` gives. */
export function redated(text: string, timeOf: TimeOf): string {
  if (!/^[[{]/.test(text)) return text
  const redate = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(redate)
    if (typeof value !== 'object' || value === null) return value
    const fields: Record<string, unknown> = Object.fromEntries(
      Object.entries(value).map(([name, field]) => [name, redate(field)]),
    )
    const { room, seq, time } = fields
    if (typeof time === 'number' && typeof seq === 'number') fields.time = timeOf(String(room), seq)
    return fields
  }
  return JSON.stringify(redate(JSON.parse(text)))
}
