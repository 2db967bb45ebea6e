import type { CodeLanguage } from './code-languages.ts'
import type { CodeToken } from './code-token.ts'

export interface HighlightRequest {
  language: CodeLanguage
  text: string
}

/** What the worker says: that it begins with the text and how fast it is, and then the tokens. */
export type HighlightMessage = { paceMs: number } | { tokens: readonly CodeToken[] | undefined }

/** A Web Worker that takes one request at a time. */
export interface HighlightWorker {
  postMessage(request: HighlightRequest): void
  terminate(): void
}

/**
 * A grammar may take minutes over a text that was written for it. After 100 ms the text stays plain; on a slow or busy
 * machine after as long as it takes to compile four grammars.
 */
export const HIGHLIGHT_MS = { least: 100, paces: 4, most: 1_000 } as const

interface Options {
  /** `failed`: the script could not be loaded, or threw. */
  startWorker(hear: (message: HighlightMessage | 'failed') => void): HighlightWorker
  after(ms: number, run: () => void): () => void
}

/**
 * Highlights texts one after the other in a worker. It ends a worker that takes too long, and starts another for the next
 * text. Resolves with undefined where the text stays plain: after too long, on failure, or if nobody wants it any more.
 */
export function createHighlightQueue({ startWorker, after }: Options) {
  let worker: HighlightWorker | undefined
  let hear: (message: HighlightMessage | 'failed') => void = () => {}
  let last: Promise<unknown> = Promise.resolve()

  function ask(request: HighlightRequest): Promise<readonly CodeToken[] | undefined> {
    return new Promise((resolve) => {
      let stopWaiting: (() => void) | undefined
      const giveUp = () => {
        worker?.terminate()
        worker = undefined
        resolve(undefined)
      }
      hear = (message) => {
        stopWaiting?.()
        if (message === 'failed') giveUp()
        else if ('tokens' in message) resolve(message.tokens)
        else stopWaiting = after(timeFor(message.paceMs), giveUp)
      }
      worker ??= startWorker((message) => hear(message))
      worker.postMessage(request)
    })
  }

  return (request: HighlightRequest, isWanted: () => boolean) => {
    const tokens = last.then(() => (isWanted() ? ask(request) : undefined))
    last = tokens.catch(() => {})
    return tokens
  }
}

function timeFor(paceMs: number): number {
  const { least, paces, most } = HIGHLIGHT_MS
  return Math.min(Math.max(least, paces * paceMs), most)
}
