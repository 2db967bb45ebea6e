import { t } from '../i18n/strings.ts'
import { textOf } from '../lib/parse-unknown.ts'
import { ask } from '../net/api.ts'
import { endIdentity, replaceIdentity } from '../storage/identity-mark.ts'
import { deleteData, deleteFormerData } from './delete-data.ts'

export type TransferOutcome<T> = { ok: true; value: T } | { ok: false; words: string }

/** Creates a link that brings this identity to another device. */
export async function createTransferLink(): Promise<TransferOutcome<string>> {
  const answer = await ask('/api/session/moves', 'POST')
  const url = answer?.ok ? textOf(answer.body.url) : undefined
  return url === undefined ? { ok: false, words: wordsOf(answer?.body.code) } : { ok: true, value: url }
}

/** Takes over the identity behind the link. `spent` if the link was used or has expired. */
export async function acceptTransfer(code: string): Promise<'done' | 'spent' | 'failed'> {
  const answer = await ask('/api/session/moves/redeem', 'POST', { code })
  if (answer?.ok) {
    // Stored data belongs to the former identity: its unsent messages must not be sent by the new one.
    replaceIdentity()
    await deleteFormerData()
    return 'done'
  }
  return answer?.body.code === 'not-found' ? 'spent' : 'failed'
}

/** Removes the identity from this browser, with its stored data, and ends every page of it. */
export async function signOut(): Promise<TransferOutcome<undefined>> {
  const answer = await ask('/api/session', 'DELETE')
  if (!answer?.ok) return { ok: false, words: wordsOf(answer?.body.code) }
  // At once, because the browser may be closed now. The next page deletes what is stored until all pages have ended.
  await deleteData()
  endIdentity()
  return { ok: true, value: undefined }
}

function wordsOf(code: unknown): string {
  return code === 'rate-limited' ? t.identity.tooMany : t.identity.failed
}
