/** Codes with which a server closes a socket. */
export const CLOSE = {
  /** Ten bad frames in a row. */
  policy: 1008,
  tooLarge: 1009,
  /** The server restarts: reconnect. */
  restart: 1012,
  otherVersion: 4400,
  /** Refused at the join, or removed by a moderator. */
  refused: 4403,
  /** The room was erased with everything in it. */
  erased: 4404,
  /** Over the flow-control limit: reconnect and resume. */
  slowReader: 4408,
  /** A client that had kept a heartbeat gave no sign of life for too long. */
  silent: 4410,
  flood: 4429,
} as const

/**
 * A refusal as data, without words: a page has its own. `http` is its status over HTTP. `close` is the WebSocket code, where the socket does not survive
 * it. `remedy` is what a client does about it:
 *
 * - `retry`: send the same frame again later
 * - `ask`: let the person decide (choose another name or text, wait and send it again, or discard it)
 * - `drop`: give up this frame; it will never be accepted
 * - `fatal`: give up this connection; another attempt would fail too
 */
export interface ErrorRule {
  readonly http: number
  readonly close?: number
  readonly remedy: 'retry' | 'ask' | 'drop' | 'fatal'
}

export const RULES = {
  'bad-frame': { http: 400, remedy: 'drop' },
  'too-large': { http: 413, close: CLOSE.tooLarge, remedy: 'drop' },
  'unknown-event': { http: 400, remedy: 'drop' },
  'bad-data': { http: 400, remedy: 'drop' },
  'not-joined': { http: 409, remedy: 'drop' },
  'already-joined': { http: 409, remedy: 'drop' },
  'name-invalid': { http: 400, remedy: 'ask' },
  'name-taken': { http: 409, remedy: 'ask' },
  'room-invalid': { http: 400, close: CLOSE.refused, remedy: 'fatal' },
  forbidden: { http: 403, close: CLOSE.refused, remedy: 'fatal' },
  banned: { http: 403, close: CLOSE.refused, remedy: 'fatal' },
  locked: { http: 403, close: CLOSE.refused, remedy: 'fatal' },
  kicked: { http: 403, close: CLOSE.refused, remedy: 'fatal' },
  forgotten: { http: 403, close: CLOSE.refused, remedy: 'fatal' },
  muted: { http: 403, remedy: 'ask' },
  challenge: { http: 403, remedy: 'fatal' },
  'room-full': { http: 429, close: CLOSE.flood, remedy: 'retry' },
  'closed-today': { http: 503, remedy: 'fatal' },
  'not-found': { http: 404, remedy: 'drop' },
  conflict: { http: 409, remedy: 'ask' },
  stale: { http: 409, remedy: 'ask' },
  'limit-reached': { http: 409, remedy: 'drop' },
  'strangers-refused': { http: 403, remedy: 'drop' },
  'rate-limited': { http: 429, remedy: 'retry' },
  'version-unsupported': { http: 400, close: CLOSE.otherVersion, remedy: 'fatal' },
  unavailable: { http: 503, remedy: 'retry' },
  internal: { http: 500, remedy: 'retry' },
} as const satisfies Record<string, ErrorRule>

export type ErrorCode = keyof typeof RULES
export const ERROR_CODES = Object.keys(RULES).filter(isErrorCode)

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(RULES, code)
}

/** The rule of a code. A frame that was refused with an unknown code is not sent again. */
export function ruleOf(code: string): ErrorRule {
  return isErrorCode(code) ? RULES[code] : { http: 400, remedy: 'drop' }
}
