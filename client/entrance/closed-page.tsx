import { t } from '../i18n/strings.ts'
import type { ApiProblem } from '../net/api.ts'
import { goToChallenge } from '../storage/challenge-return.ts'
import { MessagePage } from '../ui/message-page.tsx'

interface Words {
  title: string
  text: string
  more: string
}

function actionText(code: string): string {
  const { retry, rejoin, joinAsNew, reload, toChallenge } = t.door.closed
  const ways: Readonly<Record<string, string>> = {
    kicked: rejoin,
    forgotten: joinAsNew,
    'version-unsupported': reload,
    challenge: toChallenge,
  }
  return ways[code] ?? retry
}

function goOn(code: string, room: string): void {
  if (code === 'challenge') goToChallenge(room)
  else location.reload()
}

/** Another try cannot help with these. */
const FINAL = ['not-found', 'link-spent', 'banned', 'erased']

/** A room that does not open. A room that does not exist and one that the visitor may not enter look the same. */
export function ClosedPage({ room, problem }: { room: string; problem: ApiProblem }) {
  const { code } = problem
  const known: Readonly<Record<string, Words>> = { ...t.door.closed.pages }
  const page = code === 'unavailable' && problem.until !== undefined ? 'used-up' : code
  const { title, text, more } = known[page] ?? {
    ...t.door.closed.pages.other,
    text: problem.message || t.door.closed.pages.other.text,
  }
  return (
    <MessagePage title={title} text={text} more={more}>
      {!FINAL.includes(code) && (
        <button type="button" class="button button--primary" onClick={() => goOn(code, room)}>
          {actionText(code)}
        </button>
      )}
      <a class={FINAL.includes(code) ? 'button button--primary' : 'button'} href="/">
        {t.door.closed.home}
      </a>
    </MessagePage>
  )
}
