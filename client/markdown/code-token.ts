/** What a token is to a reader. The styles have a colour for each. */
export type CodeTokenKind =
  | 'keyword'
  | 'string'
  | 'number'
  | 'comment'
  | 'name'
  | 'property'
  | 'meta'
  | 'added'
  | 'removed'

/** A piece of code. All tokens joined together are the code, unchanged. */
export interface CodeToken {
  text: string
  kind: CodeTokenKind | undefined
}
