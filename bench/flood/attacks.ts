import { setTimeout as sleep } from 'node:timers/promises'
import { worstFrames } from '../../tools/fuzz/worst-frames.ts'
import { frame, openSocket } from './honest-people.ts'

/** Every attacker uses this address. */
const ADDRESS = '203.0.113.9'
const VISITORS = 10_000

export interface Target {
  url: string
  room: string
  seconds: number
}

/** Counts of attempts and of their outcomes. */
export type Tried = Record<string, number>

/** A person sends a thousand frames a second, and connects again after being closed. */
export async function flood({ url, room, seconds }: Target): Promise<Tried> {
  const tried: Tried = { frames: 0, refused: 0, closed: 0, 'no upgrade': 0 }
  const end = performance.now() + seconds * 1_000
  let socket: WebSocket | undefined
  let isOpen = false
  for (let due = performance.now(); due < end; due += 10) {
    await sleep(Math.max(0, due - performance.now()))
    socket ??= connect()
    if (!isOpen) continue
    for (let n = 0; n < 10; n++) socket.send(frame('updateChat', { room, body: 'buy this' }))
    count('frames', 10)
  }
  return tried

  function connect(): WebSocket {
    const made = openSocket(url, room, ADDRESS)
    made.onopen = () => {
      isOpen = true
      made.send(frame('userJoin', { room, username: `flood-${tried.closed}` }))
    }
    made.onerror = () => count('no upgrade')
    made.onmessage = ({ data }) => {
      if (String(data).includes('rate-limited')) count('refused')
    }
    made.onclose = () => {
      if (isOpen) count('closed')
      isOpen = false
      socket = undefined
    }
    return made
  }

  function count(what: string, more = 1): void {
    tried[what] = (tried[what] ?? 0) + more
  }
}

/** Two people, one of whom never joins, send the frames that take longest to receive, nine a second each. */
export async function worst({ url, room, seconds }: Target): Promise<Tried> {
  const tried: Tried = { frames: 0, refused: 0, closed: 0, 'no upgrade': 0 }
  const count = (what: string) => {
    tried[what] = (tried[what] ?? 0) + 1
  }
  const end = performance.now() + seconds * 1_000
  const all = worstFrames(room)
  const send = async (texts: readonly string[], isJoined: boolean) => {
    let socket: WebSocket | undefined
    let isOpen = false
    const connect = (): WebSocket => {
      const made = openSocket(url, room, ADDRESS)
      made.onopen = () => {
        isOpen = true
        if (isJoined) made.send(frame('userJoin', { room, username: `worst-${tried.closed}` }))
      }
      made.onerror = () => count('no upgrade')
      made.onmessage = ({ data }) => {
        if (String(data).includes('"error"')) count('refused')
      }
      made.onclose = () => {
        if (isOpen) count('closed')
        isOpen = false
        socket = undefined
      }
      return made
    }
    for (let n = 0, due = performance.now(); due < end; n++, due += 110) {
      await sleep(Math.max(0, due - performance.now()))
      socket ??= connect()
      if (!isOpen) continue
      socket.send(texts[n % texts.length] ?? '')
      count('frames')
    }
    socket?.close()
  }
  const textsOf = (joins: boolean) =>
    all.filter(({ event }) => (event === 'userJoin') === joins).map(({ text }) => text)
  await Promise.all([send(textsOf(true), false), send(textsOf(false), true)])
  return tried
}

/** Two hundred sockets, each sending as much as a person may, and opened again a second after it closes. */
export async function crowd({ url, room, seconds }: Target): Promise<Tried> {
  const tried: Tried = { sockets: 0, frames: 0, refused: 0, 'no upgrade': 0, closed: 0 }
  const count = (what: string) => {
    tried[what] = (tried[what] ?? 0) + 1
  }
  const closedAt: number[] = []
  const connect = (who: number): WebSocket => {
    const socket = openSocket(url, room, ADDRESS)
    socket.onopen = () => {
      count('sockets')
      socket.send(frame('userJoin', { room, username: `crowd-${who}` }))
    }
    socket.onerror = () => count('no upgrade')
    socket.onclose = () => {
      count('closed')
      closedAt[who] = performance.now()
    }
    socket.onmessage = ({ data }) => {
      if (String(data).includes('rate-limited')) count('refused')
    }
    return socket
  }

  const sockets = Array.from({ length: 200 }, (_, who) => connect(who))
  const end = performance.now() + seconds * 1_000
  for (let due = performance.now(); due < end; due += 100) {
    await sleep(Math.max(0, due - performance.now()))
    for (const [who, socket] of sockets.entries()) {
      if (socket.readyState === WebSocket.CLOSED && (closedAt[who] ?? due) <= due - 1_000)
        sockets[who] = connect(who)
      if (socket.readyState !== WebSocket.OPEN) continue
      socket.send(frame('updateChat', { room, body: 'and so do we' }))
      count('frames')
    }
  }
  for (const socket of sockets) socket.close()
  return tried
}

/** People who join and leave, a hundred at a time, as fast as the server lets them. */
export async function joins({ url, room }: Target): Promise<Tried> {
  const { tried, come } = visitors(url, room)
  const worker = async () => {
    while ((tried.tries ?? 0) < VISITORS) await come()
  }
  await Promise.all(Array.from({ length: 100 }, worker))
  return tried
}

/** The same number of people, evenly over the time, whether or not earlier ones could join. */
export async function rush({ url, room, seconds }: Target): Promise<Tried> {
  const { tried, come } = visitors(url, room)
  const visits: Promise<void>[] = []
  const began = performance.now()
  for (let who = 0; who < VISITORS; who++) {
    await sleep(Math.max(0, began + (who * seconds * 1_000) / VISITORS - performance.now()))
    visits.push(come())
  }
  await Promise.all(visits)
  return tried
}

function visitors(url: string, room: string): { tried: Tried; come(): Promise<void> } {
  const tried: Tried = { tries: 0, joined: 0, 'no upgrade': 0 }
  const come = async () => {
    const who = (tried.tries ?? 0) + 1
    tried.tries = who
    const what = (await visit(url, room, who)) ? 'joined' : 'no upgrade'
    tried[what] = (tried[what] ?? 0) + 1
  }
  return { tried, come }
}

function visit(url: string, room: string, who: number): Promise<boolean> {
  const socket = openSocket(url, room, ADDRESS)
  return new Promise((resolve) => {
    socket.onopen = () => socket.send(frame('userJoin', { room, username: `visitor-${who}` }))
    socket.onmessage = () => {
      resolve(true)
      socket.close()
    }
    socket.onclose = () => resolve(false)
  })
}
