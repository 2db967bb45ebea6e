import { describe, expect, it } from 'vitest'
import { clientFrames } from '../../../src/protocol/client-frames.ts'
import { ERRORS } from '../../../src/protocol/errors.ts'
import { parseClientFrame } from '../../../src/protocol/parse-client-frame.ts'
import { parseServerFrames } from '../../../src/protocol/parse-server-frames.ts'
import { serverFrames } from '../../../src/protocol/server-frames.ts'
import {
  CLIENT_FRAMES,
  PARSED,
  type Plain,
  plainEvents,
  SERVER_FRAMES,
  withUnknownFields,
} from './wire-v1.ts'

const fromClients = CLIENT_FRAMES.flatMap(plainEvents)
const fromServers = SERVER_FRAMES.flatMap(plainEvents)

describe('the frames of version 1, frozen', () => {
  it.each(CLIENT_FRAMES)('[VS1] a server still accepts %s', (text) => {
    expect(parseClientFrame(text)).toEqual({ ok: true, frame: JSON.parse(text) })
  })

  it.each(SERVER_FRAMES)('[VS2] a client still reads %s', (text) => {
    expect(parseServerFrames(text)).toEqual(plainEvents(text))
  })

  it.each(PARSED.client)('[VS17] a server parses $frame as when it was recorded', (recorded) => {
    expect(parseClientFrame(recorded.frame)).toEqual(recorded.parsed)
  })

  it.each(PARSED.server)('[VS19] a client parses $frame as when it was recorded', (recorded) => {
    expect(parseServerFrames(recorded.frame)).toEqual(recorded.parsed)
  })

  it('[VS20] every recorded frame has its parsed value', () => {
    expect(PARSED.client.map(({ frame }) => frame)).toEqual(CLIENT_FRAMES)
    expect(PARSED.server.map(({ frame }) => frame)).toEqual(SERVER_FRAMES)
  })

  it('[VS3] exist for every event and every error code', () => {
    const events = (frames: readonly Plain[]) => new Set(frames.map(({ event }) => event))
    expect(events(fromClients)).toEqual(new Set(Object.keys(clientFrames)))
    expect(events(fromServers)).toEqual(new Set(Object.keys(serverFrames)))
    const errors = fromServers.filter(({ event }) => event === 'error')
    expect(new Set(errors.map(({ data }) => field(data, 'code')))).toEqual(new Set(Object.keys(ERRORS)))
  })

  it.each([
    ...Object.entries(clientFrames).map(([event, schema]) => [event, 'a client', schema] as const),
    ...Object.entries(serverFrames).map(([event, schema]) => [event, 'a server', schema] as const),
  ])('[VS4] %s from %s occurs with each of its optional fields, and without', (event, side, schema) => {
    const frames = side === 'a client' ? fromClients : fromServers
    const data = frames.filter((frame) => frame.event === event).flatMap((frame) => frame.data)
    for (const name of optionalFields(schema)) {
      const has = new Set(data.map((one) => field(one, name) !== undefined))
      expect([name, has]).toEqual([name, new Set([true, false])])
    }
  })

  it('[VS21] the search for optional fields finds some', () => {
    expect(optionalFields(clientFrames.msgHistory)).toEqual(['id', 'before', 'after', 'around', 'limit'])
    expect(optionalFields(serverFrames.msgHistory)).toContain('reactions')
    expect(optionalFields(serverFrames.sync)).toEqual([])
  })
})

describe('additions of another version', () => {
  it.each(CLIENT_FRAMES)('[VS5] a server ignores unknown fields in %s', (text) => {
    const more = JSON.stringify(withUnknownFields(JSON.parse(text)))
    expect(more).toContain('"later"')
    expect(parseClientFrame(more)).toEqual({ ok: true, frame: JSON.parse(text) })
  })

  it.each(SERVER_FRAMES)('[VS6] unknown fields change nothing for a client in %s', (text) => {
    const events = plainEvents(text)
    const more = withUnknownFields(events)
    expect(parseServerFrames(JSON.stringify(more.length === 1 ? more[0] : more))).toMatchObject(events)
  })

  it('[VS7] a server refuses unknown events by their name, with their id', () => {
    const pin = { event: 'pinMessage', data: { ref: 7, room: 'kitchen', id: 'p1', since: 3, epoch: 'e' } }
    expect(parseClientFrame(JSON.stringify(pin))).toEqual({ ok: false, code: 'unknown-event', id: 'p1' })
    for (const data of [null, 7, 'x', [], {}]) {
      const text = JSON.stringify({ event: 'wave', data })
      expect(parseClientFrame(text)).toEqual({ ok: false, code: 'unknown-event' })
    }
  })

  it('[VS8] a client skips unknown events between known ones', () => {
    const known = SERVER_FRAMES.flatMap(plainEvents)
    const wave = { event: 'wave', data: { username: 'Ben', room: 'kitchen', by: 'b-ben' } }
    const mixed = known.flatMap((frame) => [wave, frame, { event: 'later', data: null }, { kind: 'other' }])
    expect(parseServerFrames(JSON.stringify(mixed))).toEqual(known)
    expect(parseServerFrames(JSON.stringify(wave))).toEqual([])
  })
})

describe('an unknown word of a picklist', () => {
  const standing = { role: 'member', blocked: ['b-ben'] }
  const room = { title: 'T', welcome: '', locked: false, slowMs: 0, retention: 'forever', access: 'open' }
  const error = { code: 'unknown', message: 'Pay first.', id: 'm1', retryAfter: 5 }

  it.each([
    ['standing', standing, { role: 'guest' }],
    ['room', room, { retention: '1y' }],
    ['room', room, { access: 'knock' }],
    ['error', error, { code: 'payment-required' }],
  ])('[VS18] in %s leaves the rest of the frame readable', (event, known, newer) => {
    const text = JSON.stringify({ event, data: { ...known, ...newer } })
    expect(parseServerFrames(text)).toEqual([{ event, data: known }])
  })
})

describe('a change of an unknown kind', () => {
  const entry = { seq: 7, id: 'p1', by: 'b-ben', username: 'Ben', time: 1764000000000, room: 'kitchen' }

  it('[VS9] is recognised by the fields of every change, and takes its place', () => {
    const text = JSON.stringify({ event: 'pinMessage', data: { ...entry, ref: 3, pinned: true } })
    expect(parseServerFrames(text)).toMatchObject([{ event: 'unknown', data: entry }])
  })

  it.each(['updateChat', 'editChat', 'deleteChat', 'react', 'setTopic'])(
    '[VS22] %s in an unknown shape is recognised too',
    (event) => {
      const data = { ...entry, ref: { seq: 3 }, body: ['tea'], topic: null, emoji: null }
      expect(parseServerFrames(JSON.stringify({ event, data }))).toEqual([{ event: 'unknown', data }])
    },
  )

  it.each(Object.keys(entry))(
    '[VS10] an event without %s is no change, because its seq may mean something else',
    (name) => {
      const data = Object.fromEntries(Object.entries(entry).filter(([key]) => key !== name))
      expect(parseServerFrames(JSON.stringify({ event: 'read', data }))).toEqual([])
    },
  )

  it('[VS23] known events that are no change stay so, whatever fields are added', () => {
    const ack = { event: 'ack', data: { ...entry, seq: 9 } }
    expect(parseServerFrames(JSON.stringify(ack))).toEqual([ack])
    const broken = { event: 'ack', data: { ...entry, time: 'late' } }
    expect(parseServerFrames(JSON.stringify(broken))).toEqual([])
  })
})

function field(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined
}

/** The optional fields of an event's data, or of the items of a list. */
function optionalFields(schema: object): string[] {
  const inner: unknown = 'item' in schema ? schema.item : schema
  const entries = field(inner, 'entries')
  if (typeof entries !== 'object' || entries === null) return []
  return Object.entries(entries).flatMap(([name, one]) => (field(one, 'type') === 'optional' ? [name] : []))
}
