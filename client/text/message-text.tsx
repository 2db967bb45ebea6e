import { CodeBlock } from './code-block.tsx'
import type { Inline } from './inline.ts'
import { type Block, parseMarkdown } from './markdown.ts'

/** What a person wrote, as nodes; line breaks are kept by the style. */
export function MessageText({ body }: { body: string }) {
  return (
    <div class="message__text text" dir="auto">
      {parseMarkdown(body).map(blockNode)}
    </div>
  )
}

function blockNode(block: Block) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p class="text__lines" dir="auto">
          {block.children.map(inlineNode)}
        </p>
      )
    case 'code':
      return <CodeBlock language={block.language} text={block.text} />
    case 'quote':
      return <blockquote class="text__quote">{block.children.map(blockNode)}</blockquote>
    case 'list': {
      const items = block.items.map((item) => (
        <li class="text__lines" dir="auto">
          {item.map(inlineNode)}
        </li>
      ))
      return block.start === undefined ? (
        <ul class="text__list">{items}</ul>
      ) : (
        <ol class="text__list" start={block.start}>
          {items}
        </ol>
      )
    }
    default:
      return block satisfies never
  }
}

function inlineNode(inline: Inline) {
  if (typeof inline === 'string') return inline
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
      return <strong>{inline.children.map(inlineNode)}</strong>
    case 'em':
      return <em>{inline.children.map(inlineNode)}</em>
    case 'del':
      return <del>{inline.children.map(inlineNode)}</del>
    default:
      return inline satisfies never
  }
}
