import { readFileSync } from 'node:fs'

/** The frozen frames of version 1, as text, one a line. */
const read = (name: string): string[] =>
  readFileSync(new URL(`../../fixtures/wire-v1/${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')

const isJson = (line: string): boolean => line.startsWith('{') || line.startsWith('[')

const client = read('client')
const server = read('server')

export const CLIENT_FRAMES = client.filter(isJson)
export const SERVER_FRAMES = server.filter(isJson)
/** The heartbeat, which is not JSON. */
export const PINGS = client.filter((line) => !isJson(line))
export const PONGS = server.filter((line) => !isJson(line))

/** Each frame with its parsed value when it was recorded, before words became picklists. */
export const PARSED = {
  client: read('client-parsed').map((line): Parsed => JSON.parse(line)),
  server: read('server-parsed').map((line): Parsed => JSON.parse(line)),
}

export interface Parsed {
  frame: string
  parsed: unknown
}

export interface Plain {
  event: string
  data: unknown
}

/** A frame's events, parsed without schemas. */
export function plainEvents(text: string): Plain[] {
  return [JSON.parse(text)].flat()
}

/** The same frame, with unknown fields added to every object. */
export function withUnknownFields<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? { later: { seq: 1 }, ...inner, since2: [null] }
      : inner,
  )
}
