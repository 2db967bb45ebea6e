/** What a stretch of code is, as far as a reader wants to see it. The styles have a colour for each. */
export type Ink = 'word' | 'string' | 'number' | 'remark' | 'name' | 'field' | 'meta' | 'new' | 'gone'

/** A stretch of code. All of them, one after another, are the code unchanged. */
export interface Run {
  text: string
  ink: Ink | undefined
}
