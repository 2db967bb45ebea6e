import type { ComponentChildren } from 'preact'
import { CodeBlock } from './code-block.tsx'
import { isEmojiAlone } from './is-emoji-alone.ts'
import { isLong } from './is-long.ts'
import { LongText } from './long-text.tsx'
import { mentionableNames } from './mentions.ts'
import type { Inline } from './parse-inline.ts'
import type { Link } from './parse-links.ts'
import { type Block, parseMarkdown } from './parse-markdown.ts'

interface Props {
  body: string
  /** The names that stand in it. */
  names?: readonly string[]
  /** The reader's own name. */
  self?: string
  /** A mark at the end, such as “(edited)”: in the last line if that is text. */
  mark?: ComponentChildren
}

/** A message as nodes. CSS keeps its line breaks. */
export function MessageText({ body, names = [], self, mark }: Props) {
  const blocks = parseMarkdown(body, names.length > 0 ? mentionableNames(names) : undefined)
  const last = blocks.at(-1)
  const endsInText = last?.kind === 'paragraph'
  const drawn = blocks.map((block) => blockNode(block, self, 'auto', block === last ? mark : undefined))
  const kind = isEmojiAlone(blocks) ? ' markdown--emoji' : ''
  return (
    <>
      {isLong(body, blocks) ? (
        <LongText lines={body.split('\n').length}>{drawn}</LongText>
      ) : (
        <div class={`message__text markdown${kind}`}>{drawn}</div>
      )}
      {!endsInText && mark}
    </>
  )
}

/** `dir` is for outermost blocks: everything in a quote or a list runs in its direction. */
function blockNode(
  block: Block,
  self: string | undefined,
  dir?: 'auto',
  mark?: ComponentChildren,
): ComponentChildren {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p class="markdown__lines" dir={dir}>
          {inlineNodes(block.children, self)}
          {mark && <> {mark}</>}
        </p>
      )
    case 'code':
      return <CodeBlock language={block.language} text={block.text} />
    case 'quote':
      return (
        <blockquote class="markdown__quote" dir={dir}>
          {block.children.map((inner) => blockNode(inner, self))}
        </blockquote>
      )
    case 'list': {
      const isOrdered = block.items[0]?.number !== undefined
      const items = block.items.map(({ number, children }) => (
        <li
          class="markdown__item"
          // Its number as it was typed.
          {...(number && { value: Number.parseInt(number, 10), style: { listStyleType: `"${number} "` } })}
        >
          {children.map((inner) => blockNode(inner, self))}
        </li>
      ))
      return isOrdered ? (
        <ol class="markdown__list" dir={dir}>
          {items}
        </ol>
      ) : (
        <ul class="markdown__list" dir={dir}>
          {items}
        </ul>
      )
    }
    default:
      return block satisfies never
  }
}

function inlineNodes(inlines: readonly Inline[], self: string | undefined): ComponentChildren {
  return inlines.map((inline) => inlineNode(inline, self))
}

function inlineNode(inline: Inline, self: string | undefined): ComponentChildren {
  if (typeof inline === 'string') return inline
  switch (inline.kind) {
    case 'code':
      return <code class="markdown__code">{inline.text}</code>
    case 'link':
      return <LinkNode link={inline} />
    case 'mention':
      return inline.text.charAt(0) !== '@' ? (
        inline.text
      ) : (
        <span class={inline.name.toLowerCase() === self?.toLowerCase() ? 'mention mention--self' : 'mention'}>
          {inline.text}
        </span>
      )
    case 'strong':
      return <strong>{inlineNodes(inline.children, self)}</strong>
    case 'em':
      return <em>{inlineNodes(inline.children, self)}</em>
    case 'del':
      return <del>{inlineNodes(inline.children, self)}</del>
    default:
      return inline satisfies never
  }
}

/** An address of this Hallway opens in place, any other in a tab of its own. */
function LinkNode({ link: { text, href, host } }: { link: Link }) {
  const elsewhere = href.startsWith(`${location.origin}/`)
    ? {}
    : { target: '_blank', rel: 'noopener noreferrer nofollow' }
  return (
    // An address reads from the left everywhere: within Hebrew text its end could stand where its host belongs.
    <a href={href} dir={host ? 'auto' : 'ltr'} {...elsewhere}>
      {text}
      {host && <bdi dir="ltr"> ({host})</bdi>}
    </a>
  )
}
