import { LIMITS } from '../../src/protocol/limits.ts'
import { Random } from '../random.ts'
import { drawData, EVENTS, type Known, textsOf } from './grammar.ts'

export interface WorstFrame {
  readonly event: string
  /** What is bad about it. */
  readonly what: string
  readonly text: string
}

/** What takes long to normalise, fold, trim, match or repair, again and again. */
const UNITS: Readonly<Record<string, string>> = {
  'marks in the wrong order': '\u0301\u0316',
  'letters of eighteen': '\ufdfa',
  'syllables in parts': '\u1112\u1161\u11ab',
  'capitals of two': '\u0130',
  spaces: '\u2003',
  'halves of characters': '\ud800',
  'nothing to see': '\u3164',
}

/** What takes long to parse, in a field that the protocol does not have. */
const PADS: Readonly<Record<string, (bytes: number) => string>> = {
  text: (bytes) => `"${'x'.repeat(Math.max(0, bytes - 2))}"`,
  'many values': (bytes) => `["\\ud800"${',0'.repeat(bytes / 2 - 5)}]`,
  'many fields': (bytes) =>
    `{"\\ud800":0${Array.from({ length: bytes / 12 - 2 }, (_, n) => `,"${String(n).padStart(7, 'k')}":0`).join('')}}`,
  'many objects': (bytes) =>
    `[0${Array.from({ length: bytes / 10 - 1 }, (_, n) => `,{"${String(n).padStart(4, 'k')}":0}`).join('')}]`,
  'deep lists': (bytes) => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2),
  escapes: (bytes) => `"${'\\ud800'.repeat(bytes / 6 - 1)}"`,
}

/** For each event the frames that take longest to receive, as large as a frame may be. */
export function worstFrames(room: string): WorstFrame[] {
  const random = new Random(1)
  const known: Known = { room, epochs: ['an-epoch'], ids: [], names: ['Ann'], seq: 1 }
  return EVENTS.flatMap((event) => {
    const data = drawData(random, event, known)
    const long = textsOf(event).flatMap(({ name, longest }) =>
      Object.entries(UNITS).flatMap(([what, unit]) => [
        { event, what: `${name} of ${what}`, text: filled({ event, data, name, unit }) },
        {
          event,
          what: `${name} of ${what}, as long as it may be`,
          text: padded(event, { ...data, [name]: evil(unit, longest) }, 'text'),
        },
      ]),
    )
    const pads = Object.keys(PADS).map((what) => ({ event, what, text: padded(event, data, what) }))
    return [...long, ...pads].filter(({ text }) => Buffer.byteLength(text) <= LIMITS.frameBytes)
  })
}

/** A frame full of one text. */
function filled({
  event,
  data,
  name,
  unit,
}: {
  event: string
  data: object
  name: string
  unit: string
}): string {
  const frame = (length: number) => JSON.stringify({ event, data: { ...data, [name]: evil(unit, length) } })
  const perUnit = Buffer.byteLength(JSON.stringify(unit.repeat(2))) - Buffer.byteLength(JSON.stringify(unit))
  const left = LIMITS.frameBytes - Buffer.byteLength(frame(1))
  return frame(1 + Math.floor(left / perUnit) * unit.length)
}

function padded(event: string, data: object, pad: string): string {
  const frame = (value: string) =>
    `{"event":"${event}","data":${JSON.stringify(data).slice(0, -1)},"pad":${value}}}`
  return frame(PADS[pad]?.(LIMITS.frameBytes - Buffer.byteLength(frame(''))) ?? '')
}

function evil(unit: string, length: number): string {
  return `a${unit.repeat(Math.ceil(length / unit.length))}`.slice(0, length)
}
