import { ERRORS, type ErrorCode } from '../protocol/errors.ts'

/** A refusal over HTTP (RFC 9457), with the same codes as on the wire. Its body tells nothing but the code. */
export function problem(code: ErrorCode, more: { status?: number; detail?: string } = {}): Response {
  const { http, message } = ERRORS[code]
  const { status = http, detail } = more
  const body = {
    type: 'about:blank',
    title: message,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
  }
  return Response.json(body, {
    status,
    headers: { 'Content-Type': 'application/problem+json; charset=utf-8' },
  })
}
