import type {
  ConnectionEvent,
  ConnectionState,
  EventKind,
  MachineEnv,
} from '../../../client/session/machine.ts'

export const SAMPLE_NOW = 100_000
export const env: MachineEnv = { now: SAMPLE_NOW, random: 0.5, cursor: 10, lateMs: 0 }
const at = { socket: 7, failures: 2 }
/** Of the newest socket. */
export const ofSocket = { socket: 7 }

export const SAMPLE_STATES = {
  offline: { kind: 'offline', ...at },
  connecting: { kind: 'connecting', ...at, giveUpAt: SAMPLE_NOW + 1 },
  'connecting, too long': { kind: 'connecting', ...at, giveUpAt: SAMPLE_NOW },
  resuming: { kind: 'resuming', ...at, giveUpAt: SAMPLE_NOW + 1, isRenamed: false },
  'resuming, too long': { kind: 'resuming', ...at, giveUpAt: SAMPLE_NOW, isRenamed: false },
  'live, not yet steady': { kind: 'live', ...at, steadyAt: SAMPLE_NOW + 1, pingAt: SAMPLE_NOW + 1 },
  'live, ping due': { kind: 'live', ...at, steadyAt: SAMPLE_NOW, pingAt: SAMPLE_NOW },
  'live, silent': { kind: 'live', ...at, steadyAt: SAMPLE_NOW, pingAt: SAMPLE_NOW + 1, deadAt: SAMPLE_NOW },
  waiting: { kind: 'waiting', ...at, retryAt: SAMPLE_NOW + 1, isFirm: false },
  'waiting, due': { kind: 'waiting', ...at, retryAt: SAMPLE_NOW, isFirm: true },
  'waiting, firm': { kind: 'waiting', ...at, retryAt: SAMPLE_NOW + 1, isFirm: true },
  refused: { kind: 'refused', ...at, code: 'name-taken', message: '', isOpen: true, isOnline: true },
  'refused, socket gone': {
    kind: 'refused',
    ...at,
    code: 'name-taken',
    message: '',
    isOpen: false,
    isOnline: true,
  },
  'refused, offline': {
    kind: 'refused',
    ...at,
    code: 'name-taken',
    message: '',
    isOpen: false,
    isOnline: false,
  },
  fatal: { kind: 'fatal', ...at, code: 'forbidden', message: '' },
  closed: { kind: 'closed', ...at },
} satisfies Record<string, ConnectionState>

export const SAMPLE_EVENTS: { [E in EventKind]: ConnectionEvent<E> } = {
  online: { kind: 'online' },
  offline: { kind: 'offline' },
  shown: { kind: 'shown' },
  tick: { kind: 'tick' },
  opened: { kind: 'opened', ...ofSocket },
  received: { kind: 'received', ...ofSocket },
  pong: { kind: 'pong', ...ofSocket, seq: 11 },
  joined: { kind: 'joined', ...ofSocket, seq: 10 },
  error: { kind: 'error', ...ofSocket, code: 'not-found', message: '' },
  gap: { kind: 'gap', ...ofSocket },
  unanswered: { kind: 'unanswered', ...ofSocket },
  closed: { kind: 'closed', ...ofSocket, code: 1006 },
  diagnosed: { kind: 'diagnosed', ...ofSocket, problem: { code: 'forbidden', message: '' } },
  rename: { kind: 'rename' },
  close: { kind: 'close' },
}
