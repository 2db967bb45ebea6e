import type { ErrorCode } from '../protocol/error-rules.ts'
import { ERRORS } from '../protocol/errors.ts'

interface ProblemOptions {
  status?: number
  /** The refusal in words, where those of the code would be of another one. */
  title?: string
  detail?: string | undefined
  /** In ms. */
  retryAfter?: number | undefined
  /** When the day ends whose share is used up, in ms. */
  until?: number | undefined
  /** The key of the widget that a `challenge` is shown with. */
  siteKey?: string
  headers?: Record<string, string>
}

/** The wait if none is given: a flood is only counted, and a room of an older version does not say. */
const RETRY_MS = 1_000
/** A full room cannot say when a person will leave. */
const ROOM_FULL_RETRY_MS = 30_000

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
  const { status = http, title = message, detail, siteKey, until, headers } = options
  const { retryAfter = status === 429 ? retryMsOf(code) : undefined } = options
  const body = {
    type: 'about:blank',
    title,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(until === undefined ? {} : { until }),
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

function retryMsOf(code: ErrorCode): number {
  return code === 'room-full' ? ROOM_FULL_RETRY_MS : RETRY_MS
}
