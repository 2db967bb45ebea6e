import { inject, onTestFinished } from 'vitest'
import type { Session } from '../../client/session/index.ts'
import { newPerson, openNodeSession, until } from '../../tools/node-session.ts'
import { PATIENCE_MS } from './waiting.ts'

/** Another person in the room, without a browser, until the test is over. */
export async function meet(room: string, username: string, cookie?: string): Promise<Session> {
  const url = inject('baseUrl')
  const session = openNodeSession(url, { room, username, cookie: cookie ?? (await newPerson(url)) })
  onTestFinished(() => session.close())
  await until(session, ({ view }) => view.status.kind === 'live', PATIENCE_MS)
  return session
}
