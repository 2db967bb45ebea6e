import { scriptUrl } from '../lib/script-url.ts'
import type { CodeToken } from './code-token.ts'
import { highlightLanguageOf } from './highlight-language.ts'
import { createHighlightQueue, type HighlightMessage } from './highlight-queue.ts'
import workerPath from './highlight-worker.ts?worker&url'
import { onceInView } from './once-in-view.ts'

let url: string | undefined

/** The page's one queue. */
const queue = createHighlightQueue({
  startWorker(hear) {
    url ??= scriptUrl('hallway-highlighter', workerPath)
    const worker = new Worker(url)
    worker.onmessage = ({ data }: MessageEvent<HighlightMessage>) => hear(data)
    worker.onerror = () => hear('failed')
    return worker
  },
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
})

/** Tells the tokens of code once it is in view, unless it stays plain or nobody wants them any more. */
export function highlightInView(
  element: Element,
  named: string,
  text: string,
  ended: AbortSignal,
  tell: (tokens: readonly CodeToken[]) => void,
): void {
  const language = highlightLanguageOf(named, text)
  if (language === undefined || ended.aborted) return
  const leave = onceInView(element, async () => {
    const tokens = await queue({ language, text }, () => !ended.aborted).catch(() => undefined)
    if (tokens && !ended.aborted) tell(tokens)
  })
  ended.addEventListener('abort', leave)
}
