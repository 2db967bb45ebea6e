import { BenchPerson } from './bench-person.ts'

/** One address that tries to use up the plan's day. */
export interface Attempt {
  url: string
  /** The next address: the same IPv4 address, or any of an IPv6 /48. */
  address(): string
  /** Rooms that others have made, and one with 9,900 changes. */
  rooms: readonly string[]
  long: { room: string; epoch: string }
}

/** One step of a way; answers whether anything was allowed. Each step comes as a new person. */
export type Way = (attempt: Attempt, step: number) => Promise<boolean>

const roomOf = ({ rooms }: Attempt, step: number) => rooms[step % rooms.length] ?? ''

/** How many go a way at once, where that is not 20: who keeps rooms awake does so in many at once. */
export const AT_ONCE: Record<string, number> = { typing: 100 }

export const WAYS: Record<string, Way> = {
  async 'messages in 20 rooms'(attempt, step) {
    const person = new BenchPerson(attempt.url, attempt.address())
    let said = (await person.join(roomOf(attempt, step % 20))) ? 1 : 0
    while (said > 0 && said < 200 && (await person.say('x'))) said += 1
    await person.leave()
    return said > 0
  },
  async 'long messages'(attempt, step) {
    const person = new BenchPerson(attempt.url, attempt.address())
    let said = (await person.join(roomOf(attempt, step))) ? 1 : 0
    while (said > 0 && said < 200 && (await person.say('語'.repeat(4_000)))) said += 1
    await person.leave()
    return said > 0
  },
  async 'private rooms'(attempt, step) {
    const person = new BenchPerson(attempt.url, attempt.address())
    const other = new BenchPerson(attempt.url, attempt.address())
    const room = roomOf(attempt, step)
    const isIn = (await person.join(room)) && (await other.join(room))
    if (isIn) await person.ask('newRoom', { username2: other.name }, ({ event }) => event === 'newRoom')
    await Promise.all([person.leave(), other.leave()])
    return isIn
  },
  async 'joins and leaves in 300 rooms'(attempt, step) {
    const person = new BenchPerson(attempt.url, attempt.address())
    const isIn = await person.join(roomOf(attempt, step))
    await person.leave()
    return isIn
  },
  async typing(attempt, step) {
    const person = new BenchPerson(attempt.url, attempt.address())
    const isIn = await person.join(roomOf(attempt, step))
    for (let n = 0; isIn && n < 80 && person.refusals === 0; n++) {
      person.send('userTyping', { username: person.name })
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    await person.leave()
    return isIn
  },
  async 'new rooms by joining'({ url, address }, step) {
    const person = new BenchPerson(url, address())
    const isIn = await person.join(`new-${step}-${Math.random().toString(36).slice(2)}`)
    await person.leave()
    return isIn
  },
  async 'new rooms by the API'({ url, address }) {
    return (await new BenchPerson(url, address()).call('/api/rooms', 'POST')).status === 201
  },
  async 'pages of history'({ url, address, long }) {
    const path = `/api/rooms/${long.room}/messages?limit=200&before=9000`
    return (await new BenchPerson(url, address()).call(path)).status === 200
  },
  async 'facts of rooms that sleep'(attempt, step) {
    const path = `/api/rooms/${roomOf(attempt, step)}`
    return (await new BenchPerson(attempt.url, attempt.address()).call(path)).status === 200
  },
  async 'resumes of 9,900 changes'({ url, address, long }) {
    const person = new BenchPerson(url, address())
    const isIn = await person.join(long.room, { after: 1, epoch: long.epoch })
    await person.leave()
    return isIn
  },
  async 'looking for retries'({ url, address, long }) {
    const person = new BenchPerson(url, address())
    const isIn = await person.join(long.room)
    for (let n = 0; isIn && n < 20; n++) {
      const retry = { ref: 5, id: `r${Math.random()}`, since: 10, epoch: long.epoch }
      if (!(await person.ask('deleteChat', retry, ({ event }) => event === 'ack'))) break
    }
    await person.leave()
    return isIn
  },
  async 'device transfers'({ url, address }) {
    const { status } = await new BenchPerson(url, address()).call('/api/session/moves', 'POST')
    return status === 201
  },
  async 'wrong codes'({ url, address }) {
    const body = { code: 'wrong' }
    const { status } = await new BenchPerson(url, address()).call('/api/session/moves/redeem', 'POST', body)
    return status === 404
  },
  async 'messages, then being forgotten'(attempt, step) {
    const person = new BenchPerson(attempt.url, attempt.address())
    const room = roomOf(attempt, step)
    let said = (await person.join(room)) ? 1 : 0
    while (said > 0 && said < 100 && (await person.say('x'))) said += 1
    const { status } = await person.call(`/api/rooms/${room}/me`, 'DELETE')
    await person.leave()
    return said > 0 || status === 204
  },
  async 'edits and deletions'(attempt, step) {
    const person = new BenchPerson(attempt.url, attempt.address())
    const isIn = await person.join(roomOf(attempt, step))
    let ref = 0
    const acked = ({ event, data }: { event: string; data: object }) => {
      ref = Number(Reflect.get(data, 'seq') ?? ref)
      return event === 'ack'
    }
    const said = isIn && (await person.ask('updateChat', { body: 'x', id: `e${step}` }, acked))
    const mine = ref
    for (let n = 0; said && n < 50; n++) {
      const edit = { ref: mine, body: `x${n}`, id: `e${step}-${n}` }
      if (!(await person.ask('editChat', edit, acked))) break
    }
    if (said) await person.ask('deleteChat', { ref: mine, id: `d${step}` }, acked)
    await person.leave()
    return isIn
  },
}
