import type { History } from './draw-history.ts'
import { runHistory } from './run-history.ts'

/** The trace of one history, and the error that ended it. */
export interface Replay {
  readonly lines: string[]
  readonly fault: Error | undefined
}

export async function replay(history: History): Promise<Replay> {
  const lines: string[] = []
  try {
    await runHistory(history, { trace: (line) => lines.push(line) })
    return { lines, fault: undefined }
  } catch (fault) {
    return { lines, fault: fault instanceof Error ? fault : new Error(String(fault)) }
  }
}
