import { ERRORS, type ErrorCode } from '../protocol/errors.ts'

interface ProblemOptions {
  status?: number
  detail?: string
  /** In ms. */
  retryAfter?: number
  /** The key of the widget that a `challenge` is shown with. */
  siteKey?: string
  headers?: Record<string, string>
}

/** The code of each refusal, for the log, which would otherwise have to copy and parse the body. */
const codes = new WeakMap<Response, ErrorCode>()

export function codeOf(response: Response): ErrorCode | undefined {
  return codes.get(response)
}

/** A refusal whose code the log will ask for. */
export function problem(code: ErrorCode, options: ProblemOptions = {}): Response {
  const response = refusal(code, options)
  codes.set(response, code)
  return response
}

/** A refusal over HTTP (RFC 9457), with the codes of the wire. Its body gives away nothing else. */
export function refusal(code: ErrorCode, options: ProblemOptions = {}): Response {
  const { http, message } = ERRORS[code]
  const { status = http, detail, retryAfter, siteKey, headers } = options
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
