import { scriptUrl } from '../lib/script-url.ts'
import { createHighlightQueue, type HighlightMessage } from './highlight-queue.ts'
import workerPath from './highlight-worker.ts?worker&url'

let url: string | undefined

/** The page's one highlighter. */
export const highlighter = createHighlightQueue({
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
