import { inject, onTestFinished } from 'vitest'

/** So much one person says in one breath, without being asked to wait. */
export const BREATH = 24

/**
 * Someone in a room who has nothing but a socket: what they send reaches others as it is. They stay until the test is
 * over, because the room tells everyone four seconds later who has left, in the middle of what a test measures.
 */
export interface Speaker {
  readonly name: string
  send(event: string, data: object): void
  /** Sends a change, and answers under which `seq` it is stored. */
  change(event: string, data: { id: string; [field: string]: unknown }): Promise<number>
  leave(): void
}

/** What Node's WebSocket takes beside what a browser's does. */
type Headers = { headers: Record<string, string> }

let speakers = 0

interface Heard {
  event: string
  data: { id?: string; seq?: number; username?: string; code?: string }
}

/** Comes in under a name, or under another where the room admits nobody by the first, as at a test's second try. */
export async function speakIn(room: string, name: string, other = `${name} again`): Promise<Speaker> {
  // Each from an address of their own: together they are faster than one address may be.
  speakers += 1
  const options: Headers = { headers: { 'CF-Connecting-IP': `192.0.2.${speakers % 256}` } }
  const url = `${inject('baseUrl').replace('http', 'ws')}/api/rooms/${room}/ws`
  const socket = new WebSocket(url, options as never)
  onTestFinished(() => socket.close())
  const waiting = new Set<(heard: Heard) => void>()
  const send = (event: string, data: object) => socket.send(JSON.stringify({ event, data }))

  /** The first event of which `pick` makes something. */
  const hear = <T>(pick: (heard: Heard) => T | undefined) =>
    new Promise<T>((resolve) => {
      const look = (heard: Heard) => {
        const found = pick(heard)
        if (found === undefined) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
    })

  socket.onmessage = ({ data }) => {
    for (const heard of [JSON.parse(String(data))].flat()) for (const look of [...waiting]) look(heard)
  }
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error(`No socket in ${room}`))
  })

  const comeAs = (username: string): Promise<string> => {
    const answered = hear(({ event, data }) => {
      if (event === 'joined') return data.username
      return event === 'error' ? '' : undefined
    })
    send('userJoin', { username, room })
    return answered
  }
  const joinedAs = (await comeAs(name)) || (await comeAs(other))
  if (!joinedAs) throw new Error(`Nobody can be ${name} or ${other} in ${room}`)

  return {
    name: joinedAs,
    send,
    async change(event, data) {
      const stored = hear((heard) => {
        if (heard.data?.id !== data.id) return undefined
        return heard.event === 'error' ? { refused: heard.data.code } : { seq: heard.data.seq }
      })
      send(event, { ...data, room })
      const answer = await stored
      if ('refused' in answer || answer.seq === undefined) {
        throw new Error(`${event} ${data.id} was refused: ${JSON.stringify(answer)}`)
      }
      return answer.seq
    },
    leave: () => socket.close(),
  }
}
