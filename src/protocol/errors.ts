/**
 * What can be refused, as data. `http` is the status where the refusal can be told before an upgrade, `close` the
 * WebSocket code where the socket does not survive it, and `remedy` what a client does about it:
 *
 * - `retry`: the same frame may be accepted later, unchanged
 * - `ask`: a person has to decide (another name, another text, to discard)
 * - `drop`: the frame will never be accepted; nothing but that frame is concerned
 * - `fatal`: this connection will not be had; asking again at once is pointless
 */
export interface ErrorRule {
  readonly http: number
  readonly close?: number
  readonly remedy: 'retry' | 'ask' | 'drop' | 'fatal'
  /** What a person is told where the refusal has nothing more exact to say. */
  readonly message: string
}

export const ERRORS = {
  'bad-frame': {
    http: 400,
    remedy: 'drop',
    message: 'A frame is one JSON object: {"event": string, "data": value}.',
  },
  'too-large': { http: 413, close: 1009, remedy: 'drop', message: 'That is more than a frame may hold.' },
  'unknown-event': { http: 400, remedy: 'drop', message: 'There is no such event.' },
  'bad-data': { http: 400, remedy: 'drop', message: 'The data of this event has the wrong shape.' },
  'not-joined': { http: 409, remedy: 'drop', message: 'The first frame on a socket is userJoin.' },
  'already-joined': { http: 409, remedy: 'drop', message: 'This socket has joined already.' },
  'name-invalid': {
    http: 400,
    remedy: 'ask',
    message: 'This name cannot be used: 1 to 32 visible characters.',
  },
  'name-taken': {
    http: 409,
    remedy: 'ask',
    message: 'Someone else in this room has this name, or one that looks like it.',
  },
  'room-invalid': { http: 400, close: 4403, remedy: 'fatal', message: 'This is not the name of a room.' },
  forbidden: { http: 403, close: 4403, remedy: 'fatal', message: 'This is not open to you.' },
  banned: {
    http: 403,
    close: 4403,
    remedy: 'fatal',
    message: 'You have been asked to stay out of this room.',
  },
  locked: { http: 403, close: 4403, remedy: 'fatal', message: 'This room takes nobody new at present.' },
  kicked: {
    http: 403,
    close: 4403,
    remedy: 'fatal',
    message: 'You have been shown out. You may come back.',
  },
  forgotten: {
    http: 403,
    close: 4403,
    remedy: 'fatal',
    message: 'This room has forgotten you, as you asked.',
  },
  muted: { http: 403, remedy: 'ask', message: 'You cannot speak here for a while.' },
  challenge: {
    http: 403,
    remedy: 'fatal',
    message: 'Whoever is new to this room first shows that they are a person.',
  },
  'room-full': { http: 429, close: 4429, remedy: 'fatal', message: 'This room is full.' },
  'not-found': { http: 404, remedy: 'drop', message: 'There is nothing here, or it is not open to you.' },
  conflict: { http: 409, remedy: 'ask', message: 'Something else was sent under this id before.' },
  stale: {
    http: 409,
    remedy: 'ask',
    message: 'This was written too long ago to know whether it has been sent.',
  },
  'limit-reached': { http: 409, remedy: 'drop', message: 'There is no room for more of these.' },
  'rate-limited': { http: 429, remedy: 'retry', message: 'That was too fast. Try again in a moment.' },
  'version-unsupported': {
    http: 400,
    close: 4400,
    remedy: 'fatal',
    message: 'This page is of another version. Load it again.',
  },
  internal: { http: 500, remedy: 'retry', message: 'Something went wrong on our side.' },
} as const satisfies Record<string, ErrorRule>

export type ErrorCode = keyof typeof ERRORS
export const ERROR_CODES = Object.keys(ERRORS).filter(isErrorCode)

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code)
}

/** The rule of a code, also of one this version does not know: such a frame is not sent again. */
export function ruleOf(code: string): ErrorRule {
  return isErrorCode(code) ? ERRORS[code] : { http: 400, remedy: 'drop', message: 'This was refused.' }
}

/** Closes a server makes with a meaning of its own, beside the ones in the table. */
export const CLOSE = {
  /** Ten bad frames in a row. */
  policy: 1008,
  tooLarge: 1009,
  /** Shown out by someone who looks after the room, or not let in. */
  shownOut: 4403,
  /** The room was erased with everything in it. */
  erased: 4404,
  /** The server is going away for a moment; come back. */
  restart: 1012,
  /** Past the flow-control limit: come back and resume. */
  slowReader: 4408,
  /** Nothing was heard for too long from a client that had kept a heartbeat. */
  silent: 4410,
  flood: 4429,
} as const
