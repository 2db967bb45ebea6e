import type { Dialect } from './dialect.ts'
import { hallway } from './dialects/hallway.ts'
import { plain } from './dialects/plain.ts'
import { socketio } from './dialects/socketio.ts'

/** The protocols of the servers, by name. */
export const DIALECTS = {
  hallway,
  socketio,
  ws: plain((room) => `/${room}`),
  object: plain((room) => `/${room}`, 'ping'),
  party: plain((room) => `/parties/rooms/${room}`, 'ping'),
  blast1: plain(() => '/1'),
  blast100: plain(() => '/100'),
  blast1600: plain(() => '/1600'),
} as const satisfies Record<string, Dialect>

export type DialectName = keyof typeof DIALECTS
