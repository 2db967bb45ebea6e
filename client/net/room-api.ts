import { t } from '../i18n/strings.ts'
import { type Fields, textOf } from '../lib/parse-unknown.ts'
import { ask } from './api.ts'
import { problemText } from './problem-text.ts'

/** What came of a call: the answer, or why not, in words. */
export type ApiOutcome = { ok: true; body: Fields } | { ok: false; words: string }

/** Asks something of a room. */
export type RoomApiCall = (path: string, method: string, what?: unknown) => Promise<ApiOutcome>

export function roomApiOf(room: string): RoomApiCall {
  return async (path, method, what) => {
    const answer = await ask(`/api/rooms/${room}${path}`, method, what)
    if (answer === undefined) return { ok: false, words: t.room.problems.unreachable }
    if (answer.ok) return { ok: true, body: answer.body }
    const code = textOf(answer.body.code) ?? ''
    return { ok: false, words: problemText(code, textOf(answer.body.title) ?? t.room.problems.unreachable) }
  }
}
