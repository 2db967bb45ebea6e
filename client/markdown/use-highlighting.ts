import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'
import type { CodeLanguage } from './code-languages.ts'
import type { CodeToken } from './code-token.ts'
import { highlightLanguageOf } from './highlight-language.ts'
import { onceInView } from './once-in-view.ts'

interface Highlighted {
  source: string
  tokens: readonly CodeToken[]
}

/** The tokens of the code, once it is in view and the highlighter is loaded. Undefined until then, and on failure. */
export function useHighlighting(
  element: RefObject<Element | null>,
  named: string,
  text: string,
): readonly CodeToken[] | undefined {
  const highlighted = useSignal<Highlighted | undefined>(undefined)
  const language = highlightLanguageOf(named, text)
  const source = `${language} ${text}`

  useEffect(() => {
    if (language === undefined || !element.current) return
    let isWanted = true
    const leave = onceInView(element.current, async () => {
      const tokens = await tokensOf(language, text)
      if (isWanted && tokens) highlighted.value = { source, tokens }
    })
    return () => {
      isWanted = false
      leave()
    }
  }, [source])

  return highlighted.value?.source === source ? highlighted.value.tokens : undefined
}

async function tokensOf(language: CodeLanguage, text: string): Promise<readonly CodeToken[] | undefined> {
  try {
    const { highlight } = await import('./highlight.ts')
    return highlight(language, text)
  } catch {
    // The network fails, or the server has no files of this older page any more. Plain code is readable.
    return undefined
  }
}
