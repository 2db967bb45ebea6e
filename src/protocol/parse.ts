import * as v from 'valibot'
import { type ClientFrame, clientFrames } from './client-frames.ts'
import type { ErrorCode } from './errors.ts'
import { type ServerFrame, serverFrames } from './server-frames.ts'

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

/**
 * One text frame from a server as a list of events. Unknown events and events of a shape this version does not
 * know are left out: a newer server may send them.
 */
export function parseServerFrames(text: string): ServerFrame[] {
  const value = parseJson(text)
  const frames: ServerFrame[] = []
  for (const item of Array.isArray(value) ? value : [value]) {
    const frame = asFrame(item)
    if (frame === undefined || !isKey(serverFrames, frame.event)) continue
    if (v.is(serverFrames[frame.event], frame.data)) frames.push(frame as ServerFrame)
  }
  return frames
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function asFrame(value: unknown): { event: string; data: unknown } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  if (!('event' in value) || typeof value.event !== 'string' || !('data' in value)) return undefined
  return { event: value.event, data: value.data }
}

/** The id of a refused frame, where it has a usable one, so that its sender knows which was refused. */
function idOf(data: unknown): { id?: string } {
  if (typeof data !== 'object' || data === null || !('id' in data)) return {}
  return typeof data.id === 'string' && data.id.length <= 64 ? { id: data.id } : {}
}

function isKey<T extends object>(table: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(table, key)
}
