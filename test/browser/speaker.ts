import { inject, onTestFinished } from 'vitest'

/** How many messages one person may send at once. */
export const BURST = 24

/**
 * A person with a bare socket, whose frames reach others unchanged. They stay until the test is over: a leave is announced
 * four seconds later, which would disturb a measurement.
 */
export interface Speaker {
  readonly name: string
  send(event: string, data: object): void
  /** Sends a change, and returns the `seq` under which it is stored. */
  change(event: string, data: { id: string; [field: string]: unknown }): Promise<number>
  leave(): void
}

/** An option that Node's WebSocket has and a browser's has not. */
type Headers = { headers: Record<string, string> }

let speakers = 0

interface Received {
  event: string
  data: { id?: string; seq?: number; username?: string; code?: string }
}

/** Joins under `name`, or under `other` if the room refuses `name`, as in a test's second run. */
export async function speakIn(room: string, name: string, other = `${name} again`): Promise<Speaker> {
  // Each has their own address: together they send faster than one address may.
  speakers += 1
  const options: Headers = { headers: { 'CF-Connecting-IP': `192.0.2.${speakers % 256}` } }
  const url = `${inject('baseUrl').replace('http', 'ws')}/api/rooms/${room}/ws`
  const socket = new WebSocket(url, options as never)
  onTestFinished(() => socket.close())
  const waiting = new Set<(received: Received) => void>()
  const send = (event: string, data: object) => socket.send(JSON.stringify({ event, data }))

  /** Waits for the first event for which `pick` returns a value. */
  const waitFor = <T>(pick: (received: Received) => T | undefined) =>
    new Promise<T>((resolve) => {
      const look = (received: Received) => {
        const found = pick(received)
        if (found === undefined) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
    })

  socket.onmessage = ({ data }) => {
    for (const received of [JSON.parse(String(data))].flat()) for (const look of [...waiting]) look(received)
  }
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error(`No socket in ${room}`))
  })

  const joinAs = (username: string): Promise<string> => {
    const answered = waitFor(({ event, data }) => {
      if (event === 'joined') return data.username
      return event === 'error' ? '' : undefined
    })
    send('userJoin', { username, room })
    return answered
  }
  const joinedAs = (await joinAs(name)) || (await joinAs(other))
  if (!joinedAs) throw new Error(`${room} refuses both ${name} and ${other}`)

  return {
    name: joinedAs,
    send,
    async change(event, data) {
      const stored = waitFor((received) => {
        if (received.data?.id !== data.id) return undefined
        return received.event === 'error' ? { refused: received.data.code } : { seq: received.data.seq }
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
