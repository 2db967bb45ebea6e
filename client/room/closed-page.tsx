import type { Problem } from '../api.ts'
import { Doorstep } from '../parts/doorstep.tsx'
import { t } from '../strings/strings.ts'

interface Words {
  title: string
  text: string
  more: string
}

/** A room that will not open. What is absent and what is closed to the asker look the same. */
export function ClosedPage({ problem }: { problem: Problem }) {
  const { code } = problem
  const known: Readonly<Record<string, Words>> = { ...t.closed.pages }
  const { title, text, more } = known[code] ?? {
    ...t.closed.pages.other,
    text: problem.message || t.closed.pages.other.text,
  }
  return (
    <Doorstep title={title} text={text} more={more}>
      {code === 'not-found' ? (
        <a class="button button--primary" href="/">
          {t.closed.home}
        </a>
      ) : (
        <>
          <button type="button" class="button button--primary" onClick={() => location.reload()}>
            {code === 'version-unsupported' ? t.closed.reload : t.closed.again}
          </button>
          <a class="button" href="/">
            {t.closed.home}
          </a>
        </>
      )}
    </Doorstep>
  )
}
