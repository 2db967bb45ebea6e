/** The JSON of a text, or undefined where it is none. */
export function parseJson(text: string, revive?: (key: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(text, revive)
  } catch {
    return undefined
  }
}

/** A value as one event, whatever its data. */
export function asFrame(value: unknown): { event: string; data: unknown } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  if (!('event' in value) || typeof value.event !== 'string' || !('data' in value)) return undefined
  return { event: value.event, data: value.data }
}

export function isKey<T extends object>(table: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(table, key)
}
