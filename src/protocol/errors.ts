import { type ErrorCode, type ErrorRule, RULES } from './error-rules.ts'
import { LIMITS } from './limits.ts'

/** `message` is for people, where there are no more exact words. */
function said<C extends ErrorCode>(code: C, message: string) {
  return { ...RULES[code], message }
}

/** Every error, with a server's words for it. */
export const ERRORS = {
  'bad-frame': said('bad-frame', 'A frame is one JSON object: {"event": string, "data": value}.'),
  'too-large': said('too-large', 'This is too long. Shorten it, then send it again.'),
  'unknown-event': said('unknown-event', 'There is no such event.'),
  'bad-data': said('bad-data', 'The data of this event has the wrong shape.'),
  'not-joined': said('not-joined', 'You have not joined yet. Send userJoin first.'),
  'already-joined': said('already-joined', 'This connection has already joined.'),
  'name-invalid': said(
    'name-invalid',
    `This name cannot be used. Choose one of 1 to ${LIMITS.usernameLength} visible characters.`,
  ),
  'name-taken': said(
    'name-taken',
    'Someone in this room has this name, or one that looks like it. Choose another.',
  ),
  'room-invalid': said('room-invalid', 'No room can have this name. Check the link.'),
  forbidden: said('forbidden', 'You are not allowed to do this here.'),
  banned: said('banned', 'You have been asked to stay out of this room.'),
  locked: said('locked', 'This room is locked for new people. Try again later.'),
  kicked: said('kicked', 'You have been shown out. You may come back.'),
  forgotten: said('forgotten', 'This room has forgotten you, as you asked.'),
  muted: said('muted', 'You are muted in this room. Wait, then send it again.'),
  challenge: said(
    'challenge',
    'This room asks new visitors to show that they are a person. Do so, then join.',
  ),
  'room-full': said('room-full', 'This room is full. Try again later.'),
  'closed-today': said(
    'closed-today',
    'This Hallway has used up its day, so it lets nobody new in until midnight UTC.',
  ),
  'not-found': said('not-found', 'There is nothing here, or it is not open to you. Check the link.'),
  conflict: said(
    'conflict',
    'Another change was already sent under this id. Send this one again as a new one.',
  ),
  stale: said('stale', 'This is too old to tell whether it was sent. Look for it before you send it again.'),
  'limit-reached': said('limit-reached', 'There are too many of these already. Remove one, then try again.'),
  'strangers-refused': said(
    'strangers-refused',
    'This person can only be invited by people they have met in a private room from here.',
  ),
  'rate-limited': said('rate-limited', 'That was too fast. Try again in a moment.'),
  'version-unsupported': said('version-unsupported', 'This page is of another version. Load it again.'),
  unavailable: said(
    'unavailable',
    'Nothing can be written here for now. Nothing of this was stored: try again later.',
  ),
  internal: said('internal', 'Something went wrong on our side. Try again in a moment.'),
} satisfies Record<ErrorCode, ErrorRule & { message: string }>
