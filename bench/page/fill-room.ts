const PEOPLE = 6
const ON_THE_WAY = 200

/** Typical chat messages: most are short, a few are long, some have markup or a link. */
const SAID = [
  'Yes.',
  'I think so too, but let us ask the others first.',
  'Has anyone seen the keys to the cellar? They were on the hook by the door this morning.',
  'They are with **me**, sorry! I put them back at noon.',
  'Here is what I found: https://example.com/notes/2026/05/how-to-mend-a-kettle',
  'The short one is better, I would say. We could take the long one for the summer, when there is more time and fewer of us, and nobody minds if it takes until the evening.',
  'ok',
  'Try `npm test` once more, it was only the clock.',
  '> until the evening\nThat suits me well.',
  '😀 thanks',
]

/** Sends messages to a room, from one person after another, until the newest `seq` is `messages`. */
export async function fillRoom(url: string, room: string, messages: number): Promise<void> {
  const sockets: WebSocket[] = []
  let sent = 0
  let newest = 0
  await new Promise<void>((resolve, reject) => {
    const sayMore = () => {
      while (sent < messages && sent - newest < ON_THE_WAY) {
        sent += 1
        const body = SAID[sent % SAID.length]
        sockets[sent % PEOPLE]?.send(event('updateChat', { body, id: `${room}-${sent}`, room }))
      }
    }
    let here = 0
    for (let person = 0; person < PEOPLE; person += 1) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/api/rooms/${room}/ws`)
      sockets.push(socket)
      socket.onopen = () => socket.send(event('userJoin', { username: `Person ${person + 1}`, room }))
      socket.onerror = () => reject(new Error(`${room} could not be filled`))
      socket.onmessage = ({ data }) => {
        const text = String(data)
        if (text.includes('"event":"error"'))
          return reject(new Error(text.slice(text.indexOf('"event":"error"')).slice(0, 200)))
        if (text.includes('"event":"joined"')) here += 1
        newest = Math.max(newest, newestOf(text))
        if (text.includes('"event":"sync"')) socket.send(event('sync', { seq: newest }))
        if (newest >= messages) resolve()
        else if (here === PEOPLE) sayMore()
      }
    }
  })
  for (const socket of sockets) socket.close()
}

function event(name: string, data: object): string {
  return JSON.stringify({ event: name, data })
}

/** The highest `seq` in a text. */
function newestOf(text: string): number {
  return Number(text.slice(text.lastIndexOf('"seq":') + 6).match(/^\d+/)?.[0] ?? 0)
}
