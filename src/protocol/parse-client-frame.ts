import * as v from 'valibot'
import { type ClientFrame, clientFrames } from './client-frames.ts'
import { type ErrorCode, isErrorCode } from './error-rules.ts'
import { asFrame, isKey, parseJson } from './frame.ts'
import { LIMITS } from './limits.ts'

export type Parsed<T> = { ok: true; frame: T } | { ok: false; code: ErrorCode; detail?: string; id?: string }

/** Parses one text frame from a client, or says why it cannot. The caller has checked the size. */
export function parseClientFrame(text: string): Parsed<ClientFrame> {
  const frame = hasManyParts(text) ? undefined : asFrame(parseJson(text))
  if (frame === undefined) return { ok: false, code: 'bad-frame' }
  const { event, data } = frame
  const refused = { ok: false, ...idOf(data) } as const
  if (!isKey(clientFrames, event)) return { ...refused, code: 'unknown-event' }
  // To valibot an array is an object too.
  if (Array.isArray(data)) return { ...refused, code: 'bad-data', detail: event }
  const result = v.safeParse(clientFrames[event], data, { abortEarly: true })
  if (!result.success) {
    const [{ message }] = result.issues
    if (isErrorCode(message)) return { ...refused, code: message }
    return { ...refused, code: 'bad-data', detail: v.getDotPath(result.issues[0]) ?? event }
  }
  return { ok: true, frame: { event, data: wellFormed(result.output) } as ClientFrame }
}

/** Whether it holds more values than any frame needs. To parse 16,000 lists within lists takes some milliseconds. */
function hasManyParts(text: string): boolean {
  let parts = 0
  let isInString = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '\\') at += 1
    else if (character === '"') isInString = !isInString
    else if (!isInString && (character === ',' || character === '[' || character === '{')) parts += 1
  }
  return parts > LIMITS.frameParts
}

/** Lone surrogates come as escapes. UTF-8 cannot hold them, so the stored text would differ from the sent one. */
function wellFormed(data: object): object {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.toWellFormed() : value,
    ]),
  )
}

/** The id of a refused frame, if usable, so that its sender knows which frame was refused. */
function idOf(data: unknown): { id?: string } {
  if (typeof data !== 'object' || data === null || !('id' in data)) return {}
  return typeof data.id === 'string' && data.id.length <= LIMITS.idLength
    ? { id: data.id.toWellFormed() }
    : {}
}
