import { type Connection, newConnection } from '../../../src/room/state/connection.ts'

/** A joined connection. */
export function person(by: string, more: Partial<Connection> = {}): Connection {
  const who = { session: `s-${by}`, by, origin: 'https://hallway.test' }
  return { ...newConnection(who), joined: true, username: by, ...more }
}
