export type LogField = string | number | boolean | undefined

/**
 * One structured line. Fields are counts, codes and durations: never what someone wrote, a cookie, an address or
 * the name of a room, which is its key.
 */
export function log(level: 'info' | 'error', event: string, fields: Record<string, LogField> = {}): void {
  console[level](JSON.stringify({ event, ...fields }))
}

/**
 * One data point for Workers Analytics Engine, where the operator has bound it; the same holds of it as of a line.
 * Labels and figures are found by their place, so new ones are only added at the end.
 */
export function point(
  analytics: AnalyticsEngineDataset | undefined,
  event: string,
  { labels = [], figures }: { labels?: string[]; figures: number[] },
): void {
  try {
    analytics?.writeDataPoint({ indexes: [event], blobs: labels, doubles: figures })
  } catch (fault) {
    // A request is answered even if it cannot be counted.
    log('error', 'point failed', faultFields(fault))
  }
}

/** What may be told of a fault in a log: its kind and place, not its words, which can hold what someone wrote. */
export function faultFields(fault: unknown): Record<string, LogField> {
  if (!(fault instanceof Error)) return { fault: typeof fault }
  const place = fault.stack?.split('\n').slice(1, 4).join(' < ').replaceAll(/\s+/g, ' ')
  return { fault: fault.name, place }
}
