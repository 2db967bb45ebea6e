import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { t } from '../i18n/strings.ts'
import { useFolding } from './use-folding.ts'

/** A message of many lines. Its button is at the end, and stays in view while any of the unfolded text is. */
export function LongText({ lines, children }: { lines: number; children: ComponentChildren }) {
  const text = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const { isFolded, toggle } = useFolding(true, text, button)
  return (
    <>
      <div ref={text} class={`message__text markdown${isFolded ? ' markdown--folded' : ''}`}>
        {children}
      </div>
      <button ref={button} type="button" class="markdown__fold" aria-expanded={!isFolded} onClick={toggle}>
        {isFolded ? t.room.code.showAll(lines) : t.room.code.showLess}
      </button>
    </>
  )
}
