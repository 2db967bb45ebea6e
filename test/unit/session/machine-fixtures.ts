import type { Env, Event, EventKind, State } from '../../../client/session/machine.ts'

export const NOW = 100_000
export const env: Env = { now: NOW, random: 0.5, cursor: 10, lateMs: 0 }
const at = { socket: 7, failures: 2 }
/** Of the newest socket. */
export const of = { socket: 7 }

export const STATES = {
  offline: { kind: 'offline', ...at },
  connecting: { kind: 'connecting', ...at, giveUpAt: NOW + 1 },
  'connecting, too long': { kind: 'connecting', ...at, giveUpAt: NOW },
  resuming: { kind: 'resuming', ...at, giveUpAt: NOW + 1, renamed: false },
  'resuming, too long': { kind: 'resuming', ...at, giveUpAt: NOW, renamed: false },
  'live, not yet steady': { kind: 'live', ...at, steadyAt: NOW + 1, pingAt: NOW + 1 },
  'live, ping due': { kind: 'live', ...at, steadyAt: NOW, pingAt: NOW },
  'live, silent': { kind: 'live', ...at, steadyAt: NOW, pingAt: NOW + 1, deadAt: NOW },
  waiting: { kind: 'waiting', ...at, retryAt: NOW + 1, firm: false },
  'waiting, due': { kind: 'waiting', ...at, retryAt: NOW, firm: true },
  'waiting, firm': { kind: 'waiting', ...at, retryAt: NOW + 1, firm: true },
  refused: { kind: 'refused', ...at, code: 'name-taken', message: '', open: true, online: true },
  'refused, socket gone': {
    kind: 'refused',
    ...at,
    code: 'name-taken',
    message: '',
    open: false,
    online: true,
  },
  'refused, offline': { kind: 'refused', ...at, code: 'name-taken', message: '', open: false, online: false },
  fatal: { kind: 'fatal', ...at, code: 'forbidden', message: '' },
  closed: { kind: 'closed', ...at },
} satisfies Record<string, State>

export const EVENTS: { [E in EventKind]: Event<E> } = {
  online: { kind: 'online' },
  offline: { kind: 'offline' },
  shown: { kind: 'shown' },
  tick: { kind: 'tick' },
  opened: { kind: 'opened', ...of },
  heard: { kind: 'heard', ...of },
  pong: { kind: 'pong', ...of, seq: 11 },
  joined: { kind: 'joined', ...of, seq: 10 },
  error: { kind: 'error', ...of, code: 'not-found', message: '' },
  gap: { kind: 'gap', ...of },
  unanswered: { kind: 'unanswered', ...of },
  closed: { kind: 'closed', ...of, code: 1006 },
  diagnosed: { kind: 'diagnosed', ...of, problem: { code: 'forbidden', message: '' } },
  rename: { kind: 'rename' },
  close: { kind: 'close' },
}
