import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'
import type { CodeToken } from './code-token.ts'

interface Highlighted {
  source: string
  tokens: readonly CodeToken[]
}

/** The tokens of the code, once it is in view and highlighted. Undefined until then, and where it stays plain. */
export function useHighlighting(
  element: RefObject<Element | null>,
  named: string,
  text: string,
): readonly CodeToken[] | undefined {
  const highlighted = useSignal<Highlighted | undefined>(undefined)
  const source = `${named} ${text}`

  useEffect(() => {
    if (named === '') return
    const ended = new AbortController()
    import('./highlighter.ts').then(
      ({ highlightInView }) => {
        if (element.current)
          highlightInView(element.current, named, text, ended.signal, (tokens) => {
            highlighted.value = { source, tokens }
          })
      },
      // The network fails, or the server has no files of this older page any more. Plain code is readable.
      () => {},
    )
    return () => ended.abort()
  }, [source])

  return highlighted.value?.source === source ? highlighted.value.tokens : undefined
}
