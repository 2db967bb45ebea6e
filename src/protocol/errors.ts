import { LIMITS } from './limits.ts'

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
 * A refusal as data. `http` is its status over HTTP. `close` is the WebSocket code, where the socket does not survive
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
  /** For people, where there are no more exact words. */
  readonly message: string
}

export const ERRORS = {
  'bad-frame': {
    http: 400,
    remedy: 'drop',
    message: 'A frame is one JSON object: {"event": string, "data": value}.',
  },
  'too-large': {
    http: 413,
    close: CLOSE.tooLarge,
    remedy: 'drop',
    message: 'This is too long. Shorten it, then send it again.',
  },
  'unknown-event': { http: 400, remedy: 'drop', message: 'There is no such event.' },
  'bad-data': { http: 400, remedy: 'drop', message: 'The data of this event has the wrong shape.' },
  'not-joined': { http: 409, remedy: 'drop', message: 'You have not joined yet. Send userJoin first.' },
  'already-joined': { http: 409, remedy: 'drop', message: 'This connection has already joined.' },
  'name-invalid': {
    http: 400,
    remedy: 'ask',
    message: `This name cannot be used. Choose one of 1 to ${LIMITS.usernameLength} visible characters.`,
  },
  'name-taken': {
    http: 409,
    remedy: 'ask',
    message: 'Someone in this room has this name, or one that looks like it. Choose another.',
  },
  'room-invalid': {
    http: 400,
    close: CLOSE.refused,
    remedy: 'fatal',
    message: 'No room can have this name. Check the link.',
  },
  forbidden: {
    http: 403,
    close: CLOSE.refused,
    remedy: 'fatal',
    message: 'You are not allowed to do this here.',
  },
  banned: {
    http: 403,
    close: CLOSE.refused,
    remedy: 'fatal',
    message: 'You have been asked to stay out of this room.',
  },
  locked: {
    http: 403,
    close: CLOSE.refused,
    remedy: 'fatal',
    message: 'This room is locked for new people. Try again later.',
  },
  kicked: {
    http: 403,
    close: CLOSE.refused,
    remedy: 'fatal',
    message: 'You have been shown out. You may come back.',
  },
  forgotten: {
    http: 403,
    close: CLOSE.refused,
    remedy: 'fatal',
    message: 'This room has forgotten you, as you asked.',
  },
  muted: { http: 403, remedy: 'ask', message: 'You are muted in this room. Wait, then send it again.' },
  challenge: {
    http: 403,
    remedy: 'fatal',
    message: 'This room asks new visitors to show that they are a person. Do so, then join.',
  },
  'room-full': {
    http: 429,
    close: CLOSE.flood,
    remedy: 'retry',
    message: 'This room is full. Try again later.',
  },
  'closed-today': {
    http: 503,
    remedy: 'fatal',
    message: 'This Hallway has used up its day, so it lets nobody new in until midnight UTC.',
  },
  'not-found': {
    http: 404,
    remedy: 'drop',
    message: 'There is nothing here, or it is not open to you. Check the link.',
  },
  conflict: {
    http: 409,
    remedy: 'ask',
    message: 'Another change was already sent under this id. Send this one again as a new one.',
  },
  stale: {
    http: 409,
    remedy: 'ask',
    message: 'This is too old to tell whether it was sent. Look for it before you send it again.',
  },
  'limit-reached': {
    http: 409,
    remedy: 'drop',
    message: 'There are too many of these already. Remove one, then try again.',
  },
  'strangers-refused': {
    http: 403,
    remedy: 'drop',
    message: 'This person can only be invited by people they have met in a private room from here.',
  },
  'rate-limited': { http: 429, remedy: 'retry', message: 'That was too fast. Try again in a moment.' },
  'version-unsupported': {
    http: 400,
    close: CLOSE.otherVersion,
    remedy: 'fatal',
    message: 'This page is of another version. Load it again.',
  },
  unavailable: {
    http: 503,
    remedy: 'retry',
    message: 'Nothing can be written here for now. Nothing of this was stored: try again later.',
  },
  internal: {
    http: 500,
    remedy: 'retry',
    message: 'Something went wrong on our side. Try again in a moment.',
  },
} as const satisfies Record<string, ErrorRule>

export type ErrorCode = keyof typeof ERRORS
export const ERROR_CODES = Object.keys(ERRORS).filter(isErrorCode)

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code)
}

/** The rule of a code. A frame that was refused with an unknown code is not sent again. */
export function ruleOf(code: string): ErrorRule {
  return isErrorCode(code) ? ERRORS[code] : { http: 400, remedy: 'drop', message: 'This was refused.' }
}
