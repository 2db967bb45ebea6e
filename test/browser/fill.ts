import { inject } from 'vitest'

const AT_ONCE = 25

/** Messages from `first` up to `count`, by as many people as that takes without haste. */
export async function fill(room: string, count: number, first = 1): Promise<void> {
  for (let from = first; from <= count; from += AT_ONCE) {
    const upTo = Math.min(count, from + AT_ONCE - 1)
    await new Promise<void>((resolve, reject) => {
      // Each from an address of their own: together they are faster than one address may be.
      const init = { headers: { 'CF-Connecting-IP': `192.0.2.${Math.ceil(from / AT_ONCE) % 256}` } }
      const url = `${inject('baseUrl').replace('http', 'ws')}/api/rooms/${room}/ws`
      const socket = new WebSocket(url, init as unknown as string[])
      const send = (event: string, data: object) => socket.send(JSON.stringify({ event, data }))
      socket.onerror = () => reject(new Error('The room could not be filled'))
      socket.onopen = () => {
        send('userJoin', { username: `Speaker ${from}`, room })
        for (let n = from; n <= upTo; n += 1) send('updateChat', { body: `message ${n}`, id: `m${n}`, room })
      }
      socket.onmessage = ({ data }) => {
        if (!String(data).includes(`"id":"m${upTo}"`)) return
        socket.close()
        resolve()
      }
    })
  }
}
