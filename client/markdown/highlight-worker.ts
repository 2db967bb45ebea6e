import { highlight, prepare } from './highlight.ts'
import type { HighlightMessage, HighlightRequest } from './highlight-queue.ts'

// A program of its own: a text that takes long to highlight stops nothing else.

/** How long this machine takes to compile a grammar of middling size. */
const paceMs = timed(() => prepare('typescript'))

addEventListener('message', ({ data: { language, text } }: MessageEvent<HighlightRequest>) => {
  prepare(language)
  tell({ paceMs })
  tell({ tokens: highlight(language, text) })
})

function tell(message: HighlightMessage): void {
  postMessage(message)
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
