import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'
import type { CodeLanguage } from './code-languages.ts'
import type { Run } from './code-token.ts'
import { worthColours } from './highlight-language.ts'
import { onceInView } from './once-in-view.ts'

interface Highlighted {
  of: string
  runs: readonly Run[]
}

/** Code in its colours, once it is in view and the highlighter is there; until then, and where it fails, nothing. */
export function useHighlighting(
  element: RefObject<Element | null>,
  named: string,
  text: string,
): readonly Run[] | undefined {
  const highlighted = useSignal<Highlighted | undefined>(undefined)
  const language = worthColours(named, text)
  const of = `${language} ${text}`

  useEffect(() => {
    if (language === undefined || !element.current) return
    let isWanted = true
    const leave = onceInView(element.current, async () => {
      const runs = await runsOf(language, text)
      if (isWanted && runs) highlighted.value = { of, runs }
    })
    return () => {
      isWanted = false
      leave()
    }
  }, [of])

  return highlighted.value?.of === of ? highlighted.value.runs : undefined
}

async function runsOf(language: CodeLanguage, text: string): Promise<readonly Run[] | undefined> {
  try {
    const { highlight } = await import('./highlight.ts')
    return highlight(language, text)
  } catch {
    // The network, or an old page of which the server has no files any more. It is readable as it is.
    return undefined
  }
}
