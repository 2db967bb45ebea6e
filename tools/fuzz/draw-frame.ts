import { LIMITS } from '../../src/protocol/limits.ts'
import type { Random } from '../random.ts'
import { drawData, EVENTS, FIELDS, type Known } from './grammar.ts'

/** A frame as it is sent: text, or bytes as base64. */
export type Sent = { readonly text: string } | { readonly bytes: string }

/** The property that pollution attacks would add to Object.prototype. */
export const POLLUTION = 'hallwayPolluted'

const KINDS = { valid: 45, mutated: 40, raw: 15 } as const
const EVIL_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  'toJSON',
  '',
]
/** As JSON, because objects cannot express some of them. */
const EVIL_VALUES = [
  ...[
    'null',
    'true',
    'false',
    '0',
    '-0',
    '-1',
    '1.5',
    '1e308',
    '1e400',
    '-1e400',
    '9007199254740992',
    '1e-400',
  ],
  ...[
    '""',
    '" "',
    '"\\ud800"',
    '"\\udc00x"',
    '"\\u0000"',
    '"NaN"',
    '"__proto__"',
    '"../../etc"',
    '[]',
    '{}',
    '[[]]',
    '[1,2]',
  ],
  `{"__proto__":{"${POLLUTION}":1}}`,
  `{"constructor":{"prototype":{"${POLLUTION}":1}}}`,
  '{"length":-1}',
  '{"toString":1,"valueOf":2}',
] as const
const RAW = [
  ...[
    '',
    ' ',
    'ping',
    'ping ',
    ' ping',
    'PING',
    '"ping"',
    'pong',
    'pong 1',
    'null',
    '[]',
    '{}',
    '0',
    '"',
    '{',
    '[',
  ],
  ...[
    '{"event":"updateChat"}',
    '{"data":{}}',
    '{"event":1,"data":{}}',
    '{"event":"","data":null}',
    '\ufeff{}',
    'NaN',
  ],
  ...[
    '[{"event":"sync","data":{"seq":1}}]',
    '{"event":"toString","data":{}}',
    '{"event":"__proto__","data":{}}',
    '\u0000',
  ],
] as const

export function drawFrame(random: Random, known: Known): Sent {
  const kind = random.weighted(KINDS)
  if (kind === 'raw') return drawRaw(random, known)
  const event = random.pick(EVENTS)
  const data = drawData(random, event, known)
  if (kind === 'valid') return { text: JSON.stringify({ event, data }) }
  return { text: mutate(random, event, data) }
}

/** A frame with one or several mistakes, as JSON, which can express more than objects. */
function mutate(random: Random, event: string, data: Record<string, unknown>): string {
  const fields = Object.entries(data).map(([name, value]): [string, string] => [name, JSON.stringify(value)])
  let name = event
  for (let times = random.between(1, 3); times > 0; times -= 1) {
    const at = random.between(0, Math.max(0, fields.length - 1))
    const field = fields[at]
    switch (random.between(0, 8)) {
      case 0:
        fields.splice(at, 1)
        break
      case 1:
        if (field) field[1] = random.pick(EVIL_VALUES)
        break
      case 2:
        fields.push([random.pick(EVIL_KEYS), random.pick(EVIL_VALUES)])
        break
      case 3:
        fields.push([random.pick([...FIELDS]), random.pick(EVIL_VALUES)])
        break
      case 4:
        if (field) fields.push([field[0], random.pick(EVIL_VALUES)])
        break
      case 5:
        if (field) field[1] = nested(random)
        break
      case 6:
        if (field) field[1] = huge(random)
        break
      case 7:
        name = random.pick([...EVENTS, ...EVIL_KEYS, 'joined', 'ack', 'error', 'UserJoin'])
        break
      default:
        if (field)
          field[1] = random.pick(['"another-room"', '"KITCHEN"', String(random.between(-5, 5)), '"\\ud83d"'])
    }
  }
  const inside = `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`
  const whole = random.chance(0.1) ? random.pick(EVIL_VALUES) : inside
  const more = random.chance(0.1)
    ? `,${JSON.stringify(random.pick(EVIL_KEYS))}:${random.pick(EVIL_VALUES)}`
    : ''
  return `{"event":${JSON.stringify(name)},"data":${whole}${more}}`
}

function nested(random: Random): string {
  const depth = random.pick([3, 50, 1_000, 7_000])
  return random.chance(0.5)
    ? '['.repeat(depth) + ']'.repeat(depth)
    : `${'{"a":'.repeat(Math.min(depth, 5_000))}1${'}'.repeat(Math.min(depth, 5_000))}`
}

function huge(random: Random): string {
  const length = random.pick([65, 251, 4_000, 4_001, 20_000, 32_700])
  return JSON.stringify(
    random
      .pick(['x', 'é', ' ', '👍'])
      .repeat(Math.ceil(length / 2))
      .slice(0, length),
  )
}

function drawRaw(random: Random, known: Known): Sent {
  switch (random.between(0, 4)) {
    case 0: {
      const bytes = Uint8Array.from({ length: random.between(0, 64) }, () => random.between(0, 255))
      return { text: Buffer.from(bytes).toString('latin1') }
    }
    case 1: {
      const event = random.pick(EVENTS)
      const text = JSON.stringify({ event, data: drawData(random, event, known) })
      const at = random.between(0, text.length)
      return {
        text: random.chance(0.5)
          ? text.slice(0, at)
          : text.slice(0, at) + random.pick(RAW) + text.slice(at + 1),
      }
    }
    case 2:
      return {
        bytes: Buffer.from(
          Uint8Array.from({ length: random.between(0, 64) }, () => random.between(0, 255)),
        ).toString('base64'),
      }
    case 3:
      return random.chance(0.1) ? { text: aroundTheLimit(random, known) } : { text: random.pick(RAW) }
    default:
      return { text: random.pick(RAW) }
  }
}

/** A frame of the allowed size, plus or minus a byte, padded with an unknown field. */
function aroundTheLimit(random: Random, { room }: Known): string {
  const frame = (pad: string): string =>
    JSON.stringify({ event: 'updateChat', data: { body: 'long', room, pad } })
  const left = LIMITS.frameBytes - frame('').length + random.between(-1, 1)
  return frame(random.chance(0.5) ? 'x'.repeat(left) : 'é'.repeat(left >> 1) + 'x'.repeat(left & 1))
}
