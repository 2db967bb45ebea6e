import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { clientFrames } from '../../../src/protocol/client-frames.ts'
import { ERRORS } from '../../../src/protocol/errors.ts'
import { serverFrames } from '../../../src/protocol/server-frames.ts'
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts'

/**
 * The hash of all schemas of the wire, for each version. A failure means that the wire has changed. If the change only
 * adds something that older clients and servers ignore, replace the hash; otherwise add a version with its own line.
 */
const WIRE: Record<number, string> = {
  1: '87d626915dd67aa9',
}

it('[W1] the wire changes only on purpose', () => {
  const wire = {
    client: describeAll(clientFrames),
    server: describeAll(serverFrames),
    errors: Object.entries(ERRORS).map(([code, rule]) => [
      code,
      rule.http,
      'close' in rule ? rule.close : null,
    ]),
  }
  const hash = createHash('sha256').update(JSON.stringify(wire)).digest('hex').slice(0, 16)
  expect(hash, 'see the comment above WIRE').toBe(WIRE[PROTOCOL_VERSION])
})

it('[W2] the hash covers everything inside a schema', () => {
  const text = JSON.stringify(describeAll(clientFrames))
  expect(text).toContain('["max_length",6000]')
  expect(text).toContain('["optional",["pipe",["number"]')
  expect(JSON.stringify(describe(serverFrames.msgHistory))).toContain('"reactions"')
})

function describeAll(frames: Record<string, unknown>): unknown {
  return Object.entries(frames).map(([event, schema]) => [event, describe(schema)])
}

/** A schema as plain data: its type, what it requires, and the same of everything inside it. */
function describe(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null || !('type' in schema)) return String(schema)
  const inside: unknown[] = [schema.type]
  if ('pipe' in schema && Array.isArray(schema.pipe)) {
    return ['pipe', ...schema.pipe.map(describe)]
  }
  for (const key of ['entries', 'item', 'wrapped', 'key', 'value', 'options'] as const) {
    if (key in schema) inside.push(describeInside(Reflect.get(schema, key)))
  }
  if ('requirement' in schema) inside.push(describeInside(schema.requirement))
  return inside
}

function describeInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(describe)
  if (typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'function') return 'a function'
  if (value instanceof RegExp) return String(value)
  if (typeof value !== 'object' || value === null) return String(value)
  return 'type' in value ? describe(value) : describeAll(Object.fromEntries(Object.entries(value)))
}
