import * as v from 'valibot'
import { asFrame, isKey, parseJson } from './frame.ts'
import { anyEntry, type ReceivedFrame, type ServerFrame, serverFrames } from './server-frames.ts'

/**
 * Parses one text frame from a server as a list of events. It skips events that it does not know, or whose shape it
 * does not know: a newer server may send them. Entries of the log keep their place, or a gap would seem to follow.
 */
export function parseServerFrames(text: string): ReceivedFrame[] {
  const value = parseJson(text)
  const frames: ReceivedFrame[] = []
  for (const item of Array.isArray(value) ? value : [value]) {
    const frame = asFrame(item)
    if (frame === undefined) continue
    const { event, data } = frame
    const known = isKey(serverFrames, event) ? v.safeParse(serverFrames[event], data) : undefined
    if (known?.success) frames.push({ event, data: merged(data, known.output) } as ServerFrame)
    else if (v.is(anyEntry, data)) frames.push({ event: 'unknown', data })
  }
  return frames
}

/** The data as received, so with unknown fields, but with fallbacks in place of unknown words. */
function merged(data: unknown, read: object): unknown {
  return Array.isArray(data) ? data : Object.assign({}, data, read)
}
