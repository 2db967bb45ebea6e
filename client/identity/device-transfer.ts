import { t } from '../i18n/strings.ts'
import { textOf } from '../lib/parse-unknown.ts'
import { ask } from '../net/api.ts'

export type TransferOutcome<T> = { ok: true; value: T } | { ok: false; words: string }

/** A link by which another device becomes who this one is. */
export async function createTransferLink(): Promise<TransferOutcome<string>> {
  const answer = await ask('/api/session/moves', 'POST')
  const url = answer?.ok ? textOf(answer.body.url) : undefined
  return url === undefined ? { ok: false, words: wordsOf(answer?.body.code) } : { ok: true, value: url }
}

/** Takes over the identity behind the link. `spent` if the link was used or has expired. */
export async function acceptTransfer(code: string): Promise<'done' | 'spent' | 'failed'> {
  const answer = await ask('/api/session/moves/redeem', 'POST', { code })
  if (answer?.ok) {
    // What is kept here was another's: their words would be sent as one's own.
    await forgetAll()
    return 'done'
  }
  return answer?.body.code === 'not-found' ? 'spent' : 'failed'
}

/** Takes the identity off this browser, and all that it kept. */
export async function signOut(): Promise<TransferOutcome<undefined>> {
  const answer = await ask('/api/session', 'DELETE')
  if (!answer?.ok) return { ok: false, words: wordsOf(answer?.body.code) }
  await forgetAll()
  return { ok: true, value: undefined }
}

/** All that this browser kept of who it was: rooms, drafts, and what was not sent yet. */
async function forgetAll(): Promise<void> {
  localStorage.clear()
  sessionStorage.clear()
  const kept = await indexedDB.databases().catch(() => [])
  for (const { name } of kept) if (name !== undefined) indexedDB.deleteDatabase(name)
}

function wordsOf(code: unknown): string {
  return code === 'rate-limited' ? t.identity.tooMany : t.identity.failed
}
