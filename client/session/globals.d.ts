// What browsers, Node and Workers all have, and the language's own library does not name.

declare class AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}

interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
