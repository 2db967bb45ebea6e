import * as v from 'valibot'
import { type ClientFrame, clientFrames } from './client-frames.ts'
import type { ErrorCode } from './errors.ts'
import { asFrame, isKey, parseJson } from './frame.ts'

export type Parsed<T> = { ok: true; frame: T } | { ok: false; code: ErrorCode; detail?: string; id?: string }

/** One text frame from a client, or why it is none. The size was checked before. */
export function parseClientFrame(text: string): Parsed<ClientFrame> {
  const frame = asFrame(parseJson(text))
  if (frame === undefined) return { ok: false, code: 'bad-frame' }
  const { event, data } = frame
  const refused = { ok: false, ...idOf(data) } as const
  if (!isKey(clientFrames, event)) return { ...refused, code: 'unknown-event' }
  const result = v.safeParse(clientFrames[event], data, { abortEarly: true })
  if (!result.success)
    return { ...refused, code: 'bad-data', detail: v.getDotPath(result.issues[0]) ?? event }
  return { ok: true, frame: { event, data: result.output } as ClientFrame }
}

/** The id of a refused frame, where it has a usable one, so that its sender knows which was refused. */
function idOf(data: unknown): { id?: string } {
  if (typeof data !== 'object' || data === null || !('id' in data)) return {}
  return typeof data.id === 'string' && data.id.length <= 64 ? { id: data.id } : {}
}
