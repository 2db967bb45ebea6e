import { clientFrames } from '../../src/protocol/client-frames.ts'
import type { Random } from '../random.ts'

/**
 * The parts of a valibot schema that are needed to generate a valid value. New schemas of these kinds work without
 * changes.
 */
interface Schema {
  readonly kind: string
  readonly type: string
  readonly requirement?: unknown
  readonly entries?: Readonly<Record<string, Schema>>
  readonly wrapped?: Schema
  readonly item?: Schema
  readonly options?: readonly unknown[]
  readonly literal?: unknown
  readonly pipe?: readonly Schema[]
}

/** What an attacker has learned of a room. */
export interface Known {
  readonly room: string
  readonly epochs: string[]
  readonly ids: string[]
  readonly names: string[]
  seq: number
}

const SCHEMAS = clientFrames as unknown as Readonly<Record<string, Schema>>
export const EVENTS = Object.keys(SCHEMAS)

/** The names of all fields, nested ones included: the names that a refusal may contain. */
export const FIELDS: ReadonlySet<string> = new Set(Object.values(SCHEMAS).flatMap(fieldsOf))

const WORDS = [
  'a',
  'hello',
  'héllo',
  '👍',
  '\u202eabc',
  'x\u0000y',
  '<b>&',
  '{"event":"ack"}',
  'stack at foo (x.js:1)',
  '\u2028',
]
const EDGES = [0, 1, 2, 199, 200, 201, 4_095, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER]

/** Valid data for this client event. */
export function drawData(random: Random, event: string, known: Known): Record<string, unknown> {
  const schema = SCHEMAS[event]
  if (schema === undefined) throw new Error(`There is no ${event}`)
  return draw(random, schema, event, known) as Record<string, unknown>
}

/** The texts that a client may send in `event`, each with the greatest length that it is taken with. */
export function textsOf(event: string): readonly { name: string; longest: number }[] {
  return Object.entries(SCHEMAS[event]?.entries ?? {}).flatMap(([name, field]) => {
    const schema = field.wrapped ?? field
    return schema.type === 'string' ? [{ name, longest: limit(schema, 'max_length') ?? Infinity }] : []
  })
}

function draw(random: Random, schema: Schema, name: string, known: Known): unknown {
  switch (schema.type) {
    case 'object':
    case 'loose_object':
    case 'strict_object':
      return drawObject(random, schema, known)
    case 'optional':
    case 'nullable':
    case 'nullish':
    case 'exact_optional':
      return draw(random, schema.wrapped as Schema, name, known)
    case 'string':
      return drawText(random, schema, name, known)
    case 'number':
      return drawNumber(random, schema, name, known)
    case 'boolean':
      return random.chance(0.5)
    case 'array':
      return Array.from({ length: random.between(0, 3) }, () =>
        draw(random, schema.item as Schema, name, known),
      )
    case 'picklist':
    case 'enum':
      return random.pick(schema.options ?? [''])
    case 'literal':
      return schema.literal
    case 'union':
    case 'variant':
      return draw(random, random.pick(schema.options as Schema[]), name, known)
    default:
      throw new Error(
        `Nothing is known of making up a ${schema.type} for ${name}: teach tools/fuzz/grammar.ts`,
      )
  }
}

function drawObject(random: Random, { entries = {} }: Schema, known: Known): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(entries)) {
    const isOptional = schema.type.includes('optional') || schema.type === 'nullish'
    if (!isOptional || random.chance(0.5)) object[name] = draw(random, schema, name, known)
  }
  return object
}

function drawText(random: Random, schema: Schema, name: string, known: Known): string {
  const known1 = wellKnown(random, name, known)
  if (known1 !== undefined && random.chance(0.9)) return known1
  const longest = limit(schema, 'max_length') ?? 100
  const word = random.pick(WORDS)
  if (random.chance(0.1)) return word.repeat(Math.max(1, Math.floor(longest / word.length)))
  if (random.chance(0.02)) return 'y'.repeat(longest)
  return word.slice(0, longest)
}

function wellKnown(random: Random, name: string, { room, epochs, ids, names }: Known): string | undefined {
  if (name === 'room') return room
  if (name === 'epoch') return epochs.at(-1)
  if (name.startsWith('username')) return names.length > 0 ? random.pick(names) : undefined
  if (name === 'id')
    return ids.length > 0 && random.chance(0.3) ? random.pick(ids) : `f${random.between(0, 1e9)}`
  if (name === 'emoji') return random.pick(['👍', '🎉', 'a', '❤️', '👩‍🚀'])
  return undefined
}

function drawNumber(random: Random, schema: Schema, name: string, { seq }: Known): number {
  const lowest = limit(schema, 'min_value') ?? 0
  const near =
    name === 'limit' ? random.between(1, 5) : Math.max(lowest, seq - Math.floor(random.between(0, 30)))
  if (name === 'version') return 1
  return random.chance(0.9) ? near : Math.max(lowest, random.pick(EDGES))
}

function limit({ pipe = [] }: Schema, type: string): number | undefined {
  const found = pipe.find((step) => step.type === type)?.requirement
  return typeof found === 'number' ? found : undefined
}

function fieldsOf({ entries = {}, wrapped, item }: Schema): string[] {
  const inside = [wrapped, item].flatMap((schema) => (schema ? fieldsOf(schema) : []))
  return [...inside, ...Object.entries(entries).flatMap(([name, schema]) => [name, ...fieldsOf(schema)])]
}
