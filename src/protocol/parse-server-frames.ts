import * as v from 'valibot'
import { asFrame, isKey, parseJson } from './frame.ts'
import { anyEntry, type ReceivedFrame, type ServerFrame, serverFrames } from './server-frames.ts'

/**
 * One text frame from a server as a list of events. Unknown events and events of a shape this version does not
 * know are left out: a newer server may send them. Those that are entries of the log keep their place in it, or
 * everything after them would seem to come past a gap.
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

/** The data as it came, with fields that this version does not know, and with what it took unknown words for. */
function merged(data: unknown, read: object): unknown {
  return Array.isArray(data) ? data : Object.assign({}, data, read)
}
