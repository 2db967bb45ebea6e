import type { ComponentChildren } from 'preact'
import { CodeBlock } from './code-block.tsx'
import { isLong } from './is-long.ts'
import { LongText } from './long-text.tsx'
import { type Callable, callableOf } from './mentions.ts'
import type { Inline } from './parse-inline.ts'
import { type Block, parseMarkdown } from './parse-markdown.ts'
import { withMentions } from './with-mentions.tsx'

interface Props {
  body: string
  /** Whom it calls, and who reads it. */
  calls?: readonly string[]
  self?: string
  /** What is said of it at its end, in its last line where that is one of words. */
  mark?: ComponentChildren
}

/** How words are drawn that are neither code nor an address. */
type Words = (text: string) => ComponentChildren

/** What a person wrote, as nodes; line breaks are kept by the style. */
export function MessageText({ body, calls = [], self, mark }: Props) {
  const callable: Callable | undefined = calls.length > 0 ? callableOf(calls) : undefined
  const words: Words = (text) => (callable ? withMentions(text, callable, self) : text)
  const blocks = parseMarkdown(body)
  const last = blocks.at(-1)
  const endsInWords = last?.kind === 'paragraph'
  const drawn = blocks.map((block) => blockNode(block, words, 'auto', block === last ? mark : undefined))
  return (
    <>
      {isLong(body, blocks) ? (
        <LongText lines={body.split('\n').length}>{drawn}</LongText>
      ) : (
        <div class="message__text text">{drawn}</div>
      )}
      {!endsInWords && mark}
    </>
  )
}

/** `dir` is for what stands by itself: in a quote all runs as the first of it does, and so its edge is before it. */
function blockNode(block: Block, words: Words, dir?: 'auto', mark?: ComponentChildren): ComponentChildren {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p class="text__lines" dir={dir}>
          {block.children.map((inline) => inlineNode(inline, words))}
          {mark && <> {mark}</>}
        </p>
      )
    case 'code':
      return <CodeBlock language={block.language} text={block.text} />
    case 'quote':
      return (
        <blockquote class="text__quote" dir={dir}>
          {block.children.map((inner) => blockNode(inner, words))}
        </blockquote>
      )
    case 'list': {
      const items = block.items.map((item) => (
        <li class="text__lines">{item.map((inline) => inlineNode(inline, words))}</li>
      ))
      return block.start === undefined ? (
        <ul class="text__list" dir={dir}>
          {items}
        </ul>
      ) : (
        <ol class="text__list" start={block.start} dir={dir}>
          {items}
        </ol>
      )
    }
    default:
      return block satisfies never
  }
}

function inlineNode(inline: Inline, words: Words): ComponentChildren {
  if (typeof inline === 'string') return words(inline)
  const inside = (children: readonly Inline[]) => children.map((child) => inlineNode(child, words))
  switch (inline.kind) {
    case 'code':
      return <code class="text__code">{inline.text}</code>
    case 'link':
      return (
        <a href={inline.href} target="_blank" rel="noopener noreferrer nofollow">
          {inline.text}
        </a>
      )
    case 'strong':
      return <strong>{inside(inline.children)}</strong>
    case 'em':
      return <em>{inside(inline.children)}</em>
    case 'del':
      return <del>{inside(inline.children)}</del>
    default:
      return inline satisfies never
  }
}
