import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'
import type { CodeToken } from './code-token.ts'
import { onceInView } from './once-in-view.ts'

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
    if (named === '' || !element.current) return
    let isWanted = true
    const leave = onceInView(element.current, async () => {
      const tokens = await tokensOf(named, text, () => isWanted)
      if (isWanted && tokens) highlighted.value = { source, tokens }
    })
    return () => {
      isWanted = false
      leave()
    }
  }, [source])

  return highlighted.value?.source === source ? highlighted.value.tokens : undefined
}

async function tokensOf(
  named: string,
  text: string,
  isWanted: () => boolean,
): Promise<readonly CodeToken[] | undefined> {
  try {
    const { highlighter } = await import('./highlighter.ts')
    return await highlighter(named, text, isWanted)
  } catch {
    // The network fails, or the server has no files of this older page any more. Plain code is readable.
    return undefined
  }
}
