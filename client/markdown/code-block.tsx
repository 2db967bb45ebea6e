import { useRef } from 'preact/hooks'
import { t } from '../i18n/strings.ts'
import { useCopying } from '../ui/copying.ts'
import { Icon } from '../ui/icon.tsx'
import type { CodeToken } from './code-token.ts'
import { UNFOLDED_CODE_LINES, useFolding } from './use-folding.ts'
import { useHighlighting } from './use-highlighting.ts'

/** Code as it was written, with the name of its language and a button that copies it. */
export function CodeBlock({ language, text }: { language: string; text: string }) {
  const block = useRef<HTMLElement>(null)
  const { copied, copy } = useCopying(text, { copied: t.room.code.copied, byHand: t.room.code.copyByHand })
  const lines = text.split('\n').length
  const isLong = lines > UNFOLDED_CODE_LINES
  const { isFolded, toggle } = useFolding(isLong, block)
  const tokens = useHighlighting(block, language, text)

  return (
    <figure ref={block} class="code">
      <figcaption class="code__head">
        <span class="code__name">{language || t.room.code.name}</span>
        {isLong && (
          <button type="button" class="code__fold" aria-expanded={!isFolded} onClick={toggle}>
            {isFolded ? t.room.code.showAll(lines) : t.room.code.showLess}
          </button>
        )}
        <button type="button" class="code__copy" aria-label={t.room.code.copy} onClick={copy}>
          <Icon name={copied.value ? 'check' : 'copy'} />
        </button>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled can be scrolled by keyboard */}
      <pre class={isFolded ? 'code__text code__text--folded' : 'code__text'} dir="ltr" tabIndex={0}>
        {/* A new element: the browser would count the old one as shifted. */}
        <code key={tokens ? 'tokens' : 'text'}>{tokens ? tokens.map(tokenNode) : text}</code>
      </pre>
    </figure>
  )
}

function tokenNode({ text, kind }: CodeToken) {
  return kind === undefined ? text : <span class={`token-${kind}`}>{text}</span>
}
