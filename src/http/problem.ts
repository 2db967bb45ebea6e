import { ERRORS, type ErrorCode } from '../protocol/errors.ts'

interface More {
  status?: number
  detail?: string
  /** In how many ms it is worth trying again. */
  retryAfter?: number
  /** What a `challenge` is shown with. */
  siteKey?: string
  headers?: Record<string, string>
}

/** Why each was refused, for the log: to read it out of the answer would be to copy that. */
const codes = new WeakMap<Response, ErrorCode>()

export function codeOf(answer: Response): ErrorCode | undefined {
  return codes.get(answer)
}

/** A refusal whose code the log will ask for. */
export function problem(code: ErrorCode, more: More = {}): Response {
  const answer = refusal(code, more)
  codes.set(answer, code)
  return answer
}

/** A refusal over HTTP (RFC 9457), with the same codes as on the wire. Its body tells nothing but the code. */
export function refusal(code: ErrorCode, more: More = {}): Response {
  const { http, message } = ERRORS[code]
  const { status = http, detail, retryAfter, siteKey, headers } = more
  const body = {
    type: 'about:blank',
    title: message,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(siteKey === undefined ? {} : { siteKey }),
  }
  return Response.json(body, {
    status,
    headers: {
      ...headers,
      'Content-Type': 'application/problem+json; charset=utf-8',
      ...(retryAfter === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfter / 1_000)) }),
    },
  })
}
