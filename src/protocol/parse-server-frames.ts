import * as v from 'valibot'
import { asFrame, isKey, parseJson } from './frame.ts'
import { type ServerFrame, serverFrames } from './server-frames.ts'

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
