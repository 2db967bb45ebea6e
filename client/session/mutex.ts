/** Runs one piece of work at a time for each key, in the order asked: `navigator.locks` within one process. */
export class Mutex {
  readonly #tails = new Map<string, Promise<void>>()

  /**
   * Runs `work` once all earlier work for `key` has ended, and resolves after it. An abort before that gives the
   * place up: `work` does not run, and the promise resolves. A rejection of `work` passes through.
   */
  async run(key: string, work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const before = this.#tails.get(key)
    let done = (): void => {}
    const own = new Promise<void>((resolve) => {
      done = resolve
    })
    const tail = before === undefined ? own : before.then(() => own)
    this.#tails.set(key, tail)
    tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key)
    })
    try {
      if (before !== undefined) await settledOrAborted(before, signal)
      if (!signal.aborted) await work()
    } finally {
      done()
    }
  }
}

function settledOrAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const finish = (): void => {
      signal.removeEventListener('abort', finish)
      resolve()
    }
    signal.addEventListener('abort', finish)
    promise.then(finish)
  })
}
