import type { Context } from 'hono'
import { requestBytesOf } from '../platform/config.ts'
import { type Body, type BodyKind, parseBody } from '../protocol/bodies.ts'
import type { HttpEnv } from './http-env.ts'
import { problem } from './problem.ts'

/**
 * The JSON of a request, or the response that refuses it. The content type must be JSON: any site can make a visitor's
 * browser post a form here, but not JSON.
 */
export async function jsonBody<K extends BodyKind>(
  c: Context<HttpEnv>,
  kind: K,
): Promise<Body<K> | Response> {
  const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json')
    return problem('bad-data', {
      status: 415,
      title: 'This body is not declared as JSON.',
      detail: 'Send the body as application/json.',
    })
  const text = await textUpTo(requestBytesOf(c.env), c.req.raw.body)
  if (text === undefined) return problem('too-large')
  const parsed = parseBody(kind, text)
  return parsed.ok ? parsed.body : problem('bad-data', { detail: parsed.detail })
}

/** A body as text, or undefined if it is longer. The rest is not read, whatever its header says. */
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
