import { parseLinks } from './links.ts'

/** What a person wrote, as nodes; line breaks are kept by the style. */
export function MessageText({ body }: { body: string }) {
  return (
    <div class="message__text" dir="auto">
      {parseLinks(body).map((span) =>
        span.kind === 'words' ? (
          span.text
        ) : (
          <a href={span.href} target="_blank" rel="noopener noreferrer nofollow">
            {span.text}
          </a>
        ),
      )}
    </div>
  )
}
