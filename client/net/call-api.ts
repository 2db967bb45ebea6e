import { t } from '../i18n/strings.ts'
import { type Fields, textOf } from '../lib/parse-unknown.ts'
import { ask } from './api.ts'
import { problemText } from './problem-text.ts'

/** A call's outcome: the answer, or the failure as a code and in words. */
export type ApiOutcome = { ok: true; body: Fields } | { ok: false; code: string; words: string }

/** Calls the API. The room's strings must be loaded: failures use them. */
export async function callApi(path: string, method: string, what?: unknown): Promise<ApiOutcome> {
  const answer = await ask(path, method, what)
  const { unreachable } = t.room.problems
  if (answer === undefined) return { ok: false, code: '', words: unreachable }
  if (answer.ok) return { ok: true, body: answer.body }
  const code = textOf(answer.body.code) ?? ''
  return { ok: false, code, words: problemText(code, textOf(answer.body.title) ?? unreachable) }
}
