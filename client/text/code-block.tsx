import { useCopying } from '../parts/copying.ts'
import { Icon } from '../parts/icon.tsx'
import { t } from '../strings/strings.ts'

/** Code as it was written, with what language it says it is, and a button that copies it. */
export function CodeBlock({ language, text }: { language: string; text: string }) {
  const { copied, copy } = useCopying(text, { copied: t.code.copied, byHand: t.code.copyByHand })

  return (
    <figure class="code">
      <figcaption class="code__head">
        <span>{language || t.code.name}</span>
        <button type="button" class="code__copy" aria-label={t.code.copy} onClick={copy}>
          <Icon name={copied.value ? 'check' : 'copy'} />
        </button>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled can be scrolled by keyboard */}
      <pre class="code__text" dir="ltr" tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  )
}
