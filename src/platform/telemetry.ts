type Field = string | number | boolean | undefined

/**
 * One structured line. Fields are counts, codes and durations: never what someone wrote, a cookie, an address or
 * the name of a room, which is its key.
 */
export function log(level: 'info' | 'error', event: string, fields: Record<string, Field> = {}): void {
  console[level](JSON.stringify({ event, ...fields }))
}

/** What may be told of a fault in a log: its kind and place, not its words, which can hold what someone wrote. */
export function faultFields(fault: unknown): Record<string, Field> {
  if (!(fault instanceof Error)) return { fault: typeof fault }
  const place = fault.stack?.split('\n').slice(1, 4).join(' < ').replaceAll(/\s+/g, ' ')
  return { fault: fault.name, place }
}
