import type { ComponentChildren } from 'preact'
import { CodeBlock } from './code-block.tsx'
import { isLong } from './is-long.ts'
import { LongText } from './long-text.tsx'
import { type MentionableNames, mentionableNames } from './mentions.ts'
import type { Inline } from './parse-inline.ts'
import { type Block, parseMarkdown } from './parse-markdown.ts'
import { withMentions } from './with-mentions.tsx'

interface Props {
  body: string
  /** The names that it mentions. */
  mentions?: readonly string[]
  /** The reader's own name. */
  self?: string
  /** A mark at the end, such as “(edited)”: in the last line if that is text. */
  mark?: ComponentChildren
}

/** Draws text that is neither code nor an address. */
type DrawText = (text: string) => ComponentChildren

/** A message as nodes. CSS keeps its line breaks. */
export function MessageText({ body, mentions = [], self, mark }: Props) {
  const callable: MentionableNames | undefined = mentions.length > 0 ? mentionableNames(mentions) : undefined
  const drawText: DrawText = (text) => (callable ? withMentions(text, callable, self) : text)
  const blocks = parseMarkdown(body)
  const last = blocks.at(-1)
  const endsInText = last?.kind === 'paragraph'
  const drawn = blocks.map((block) => blockNode(block, drawText, 'auto', block === last ? mark : undefined))
  return (
    <>
      {isLong(body, blocks) ? (
        <LongText lines={body.split('\n').length}>{drawn}</LongText>
      ) : (
        <div class="message__text markdown">{drawn}</div>
      )}
      {!endsInText && mark}
    </>
  )
}

/** `dir` is for outermost blocks: everything in a quote runs in the direction of the quote. */
function blockNode(
  block: Block,
  drawText: DrawText,
  dir?: 'auto',
  mark?: ComponentChildren,
): ComponentChildren {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p class="markdown__lines" dir={dir}>
          {block.children.map((inline) => inlineNode(inline, drawText))}
          {mark && <> {mark}</>}
        </p>
      )
    case 'code':
      return <CodeBlock language={block.language} text={block.text} />
    case 'quote':
      return (
        <blockquote class="markdown__quote" dir={dir}>
          {block.children.map((inner) => blockNode(inner, drawText))}
        </blockquote>
      )
    case 'list': {
      const items = block.items.map((item) => (
        <li class="markdown__lines">{item.map((inline) => inlineNode(inline, drawText))}</li>
      ))
      return block.start === undefined ? (
        <ul class="markdown__list" dir={dir}>
          {items}
        </ul>
      ) : (
        <ol class="markdown__list" start={block.start} dir={dir}>
          {items}
        </ol>
      )
    }
    default:
      return block satisfies never
  }
}

function inlineNode(inline: Inline, drawText: DrawText): ComponentChildren {
  if (typeof inline === 'string') return drawText(inline)
  const inside = (children: readonly Inline[]) => children.map((child) => inlineNode(child, drawText))
  switch (inline.kind) {
    case 'code':
      return <code class="markdown__code">{inline.text}</code>
    case 'link':
      return (
        // An address reads from the left everywhere: within Hebrew text its end could stand where its host belongs.
        <a href={inline.href} dir="ltr" target="_blank" rel="noopener noreferrer nofollow">
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
