import type { History } from './draw-history.ts'
import { playHistory } from './run-history.ts'

/** One history with its record, line by line, and what was found to be broken. */
export interface Record {
  readonly lines: string[]
  readonly fault: Error | undefined
}

export async function replay(history: History): Promise<Record> {
  const lines: string[] = []
  try {
    await playHistory(history, { tell: (line) => lines.push(line) })
    return { lines, fault: undefined }
  } catch (fault) {
    return { lines, fault: fault instanceof Error ? fault : new Error(String(fault)) }
  }
}
