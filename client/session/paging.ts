/** One page of older history at a time, for all who ask. */
export interface Paging {
  readonly isAsked: boolean
  /** Resolves when the page is there, or will not come. */
  load(): Promise<void>
  done(): void
}

export function createPaging(ask: () => void): Paging {
  let asked: { promise: Promise<void>; resolve(): void } | undefined
  return {
    get isAsked() {
      return asked !== undefined
    },
    load() {
      if (asked === undefined) {
        asked = Promise.withResolvers<void>()
        ask()
      }
      return asked.promise
    },
    done() {
      asked?.resolve()
      asked = undefined
    },
  }
}
