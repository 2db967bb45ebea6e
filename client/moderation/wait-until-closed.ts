import type { Session } from '../session/index.ts'

/** Whether the room was closed by then; its page says so by itself. */
export function waitUntilClosed(ms: number, session: Pick<Session, 'view' | 'subscribe'>): Promise<boolean> {
  const isShut = () => session.view.status.kind === 'fatal'
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      stop()
      resolve(isShut())
    }
    const timer = setTimeout(end, ms)
    const stop = session.subscribe(() => isShut() && end())
    if (isShut()) end()
  })
}
