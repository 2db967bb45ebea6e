import type { Context } from 'hono'
import { requestBytesOf } from '../platform/config.ts'
import { type Body, type BodyKind, parseBody } from '../protocol/bodies.ts'
import type { HttpEnv } from './http-env.ts'
import { problem } from './problem.ts'

/**
 * The JSON of a request, or the problem it is refused with. It must say that it is JSON: a form, which any site may
 * have a visitor's browser send here without asking, cannot.
 */
export async function jsonBody<K extends BodyKind>(
  c: Context<HttpEnv>,
  kind: K,
): Promise<Body<K> | Response> {
  const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json')
    return problem('bad-data', { status: 415, detail: 'The body is sent as application/json.' })
  const text = await textUpTo(requestBytesOf(c.env), c.req.raw.body)
  if (text === undefined) return problem('too-large')
  const parsed = parseBody(kind, text)
  return parsed.ok ? parsed.body : problem('bad-data', { detail: parsed.detail })
}

/** A body as text, or undefined past so many bytes: what is more is not read, whatever length it claimed. */
async function textUpTo(most: number, body: ReadableStream<Uint8Array> | null): Promise<string | undefined> {
  if (body === null) return ''
  const decoder = new TextDecoder()
  let bytes = 0
  let text = ''
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > most) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
