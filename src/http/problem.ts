import { ERRORS, type ErrorCode } from '../protocol/errors.ts'

interface More {
  status?: number
  detail?: string
  /** In how many ms it is worth trying again. */
  retryAfter?: number
  /** What a `challenge` is shown with. */
  siteKey?: string
}

/** Why each was refused, for the log: to read it out of the answer would be to copy that. */
const codes = new WeakMap<Response, ErrorCode>()

export function codeOf(answer: Response): ErrorCode | undefined {
  return codes.get(answer)
}

/** A refusal over HTTP (RFC 9457), with the same codes as on the wire. Its body tells nothing but the code. */
export function problem(code: ErrorCode, more: More = {}): Response {
  const { http, message } = ERRORS[code]
  const { status = http, detail, retryAfter, siteKey } = more
  const body = {
    type: 'about:blank',
    title: message,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(siteKey === undefined ? {} : { siteKey }),
  }
  const answer = Response.json(body, {
    status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      ...(retryAfter === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfter / 1_000)) }),
    },
  })
  codes.set(answer, code)
  return answer
}
