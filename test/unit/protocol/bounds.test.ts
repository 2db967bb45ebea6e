import { expect, it, vi } from 'vitest'
import { bodies } from '../../../src/protocol/bodies.ts'
import { clientFrames } from '../../../src/protocol/client-frames.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { parseClientFrame } from '../../../src/protocol/parse-client-frame.ts'
import { worstFrames } from '../../../tools/fuzz/worst-frames.ts'
import { TestRoom } from '../room/test-room.ts'

/** As much of a schema of valibot as bounds need. */
interface Schema {
  readonly type: string
  readonly entries?: Readonly<Record<string, Schema>>
  readonly wrapped?: Schema
  readonly item?: Schema
  readonly key?: Schema
  readonly value?: Schema
  readonly options?: readonly Schema[]
  readonly pipe?: readonly Schema[]
}

/** The places of a schema where a text, or a list, may be of any length. */
function unbounded(schema: Schema, path: string): string[] {
  const isBounded = schema.pipe?.some(({ type }) => type === 'max_length') ?? false
  const within = (inner: Schema | undefined, name: string) =>
    inner === undefined ? [] : unbounded(inner, `${path}${name}`)
  switch (schema.type) {
    case 'string':
      return isBounded ? [] : [path]
    case 'array':
      return [...(isBounded ? [] : [path]), ...within(schema.item, '[]')]
    case 'record':
      return [path, ...within(schema.key, '{key}'), ...within(schema.value, '{}')]
    case 'object':
      return Object.entries(schema.entries ?? {}).flatMap(([name, inner]) => within(inner, `.${name}`))
    case 'optional':
      return within(schema.wrapped, '')
    case 'variant':
    case 'union':
      return (schema.options ?? []).flatMap((option, n) => within(option, `|${n}`))
    case 'number':
    case 'boolean':
    case 'literal':
    case 'picklist':
      return []
    default:
      throw new Error(`${path}: nothing is known of the bounds of a ${schema.type}`)
  }
}

const all = (schemas: object): string[] =>
  Object.entries(schemas).flatMap(([name, schema]) => unbounded(schema, name))

it('[BD1] every text that a frame or a request brings has a longest length in its schema', () => {
  expect([all(clientFrames), all(bodies)]).toEqual([[], []])
})

it('[BD2] the look for texts without a bound finds them at every depth', () => {
  const text = { type: 'string' }
  const short = { type: 'string', pipe: [text, { type: 'max_length' }] }
  const optional = { type: 'optional', wrapped: text }
  const list = { type: 'array', item: { type: 'object', entries: { text, short } } }
  const either = { type: 'variant', options: [{ type: 'object', entries: { optional } }] }
  const record = { type: 'record', key: short, value: text }
  expect(all({ one: { type: 'object', entries: { list, either, record, short } } })).toEqual([
    'one.list',
    'one.list[].text',
    'one.either|0.optional',
    'one.record',
    'one.record{}',
  ])
})

it.each(['userJoin', 'userRename'])(
  '[BD3] %s refuses a longer name as any other that is too long',
  (event) => {
    const frame = (username: string) => JSON.stringify({ event, data: { username, room: 'kitchen' } })
    expect(parseClientFrame(frame('x'.repeat(LIMITS.usernameSentLength)))).toMatchObject({ ok: true })
    const refused = { ok: false, code: 'name-invalid' }
    expect(parseClientFrame(frame('x'.repeat(LIMITS.usernameSentLength + 1)))).toEqual(refused)
  },
)

it('[BD4] no frame of the allowed size has more of it normalised, folded or compared than a name may be long', () => {
  const worked: number[] = []
  const names = ['normalize', 'toUpperCase', 'replace'] as const
  const spies = names.map((name) => {
    const original = String.prototype[name] as (...args: unknown[]) => string
    return vi.spyOn(String.prototype, name).mockImplementation(function (this: string, ...args: unknown[]) {
      worked.push(this.length)
      return Reflect.apply(original, this, args)
    })
  })
  const room = new TestRoom()
  const ann = room.enter('ann')
  const frames = worstFrames(room.room)
  worked.length = 0
  for (const { text } of frames) {
    room.text(ann, text)
    room.text(room.open('ben'), text)
  }
  for (const spy of spies) spy.mockRestore()
  expect(new Set(frames.map(({ event }) => event))).toEqual(new Set(Object.keys(clientFrames)))
  expect(frames.every(({ text }) => text.length > LIMITS.frameBytes / 4)).toBe(true)
  expect(worked.length).toBeGreaterThan(0)
  // A letter of a name may stand for several others.
  expect(Math.max(...worked)).toBeLessThanOrEqual(20 * LIMITS.usernameSentLength)
})

it('[BD5] a frame of more than 1,000 lists, objects and values is refused before it is parsed; texts may hold any', () => {
  const parse = vi.spyOn(JSON, 'parse')
  for (const pad of [
    '['.repeat(999),
    `[${'0,'.repeat(1_000)}0]`,
    '{"a":'.repeat(1_000),
    '"\\"",'.repeat(1_000),
  ])
    expect(parseClientFrame(`{"event":"sync","data":{"seq":1,"pad":${pad}}}`)).toEqual({
      ok: false,
      code: 'bad-frame',
    })
  expect(parse).not.toHaveBeenCalled()
  parse.mockRestore()
  const body = '["\\,{'.repeat(LIMITS.bodyLength / 5)
  const message = { event: 'updateChat', data: { body, room: 'kitchen', pad: Array(990).fill(0) } }
  expect(parseClientFrame(JSON.stringify(message))).toMatchObject({ ok: true, frame: { data: { body } } })
})
