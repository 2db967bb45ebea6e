import { scriptUrl } from '../lib/script-url.ts'
import type { CodeToken } from './code-token.ts'
import { highlightLanguageOf } from './highlight-language.ts'
import { createHighlightQueue, type HighlightMessage } from './highlight-queue.ts'
import workerPath from './highlight-worker.ts?worker&url'

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

/** The tokens of code in a language, or undefined where it stays plain. */
export async function highlighter(
  named: string,
  text: string,
  isWanted: () => boolean,
): Promise<readonly CodeToken[] | undefined> {
  const language = highlightLanguageOf(named, text)
  return language && queue({ language, text }, isWanted)
}
