import { beforeEach, describe, expect, it } from 'vitest'
import { Mailbox } from '../../../src/room/mailbox.ts'
import { newConnection } from '../../../src/room/state/connection.ts'

const from = newConnection({ session: 's', by: 'ann', origin: '' })

let now: number
let turns: string[]
let arrivals: (() => void)[]
let commits: { done(): void; fail(): void }[]
let writes: boolean
let inbox: Mailbox

beforeEach(() => {
  now = 1_000
  turns = []
  arrivals = []
  commits = []
  writes = true
  inbox = new Mailbox({
    now: () => now,
    arrived: () => new Promise((resolve) => arrivals.push(resolve)),
    committed: () =>
      new Promise((resolve, reject) =>
        commits.push({ done: resolve, fail: () => reject(new Error('disk')) }),
      ),
    turn(incoming) {
      turns.push(incoming.map(({ frame }) => String(frame)).join(''))
      return writes
    },
  })
})

/** Lets all pending promises settle. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const say = (frame: string): Promise<void> | undefined => inbox.add({ from, frame })

describe('a frame in the mailbox', () => {
  it('[IB1] gets its turn at once after a turn of a single frame, or 10 ms after a turn of several', async () => {
    expect(say('a')).toBeUndefined()
    expect(say('b')).toBeUndefined()
    const turn = say('c')
    say('d')
    for (const commit of commits) commit.done()
    await settle()
    arrivals[0]?.()
    await turn
    now += 10
    expect(say('e')).toBeUndefined()
    expect(turns).toEqual(['a', 'b', 'cd', 'e'])
  })

  it('[IB2] that follows a turn of several shortly shares a turn with all frames that have arrived', async () => {
    for (const frame of ['a', 'b', 'c', 'd']) say(frame)
    for (const commit of commits.splice(0)) commit.done()
    await settle()
    arrivals[0]?.()
    await settle()
    expect(turns).toEqual(['a', 'b', 'cd'])
    commits[0]?.done()
    now += 9
    const turn = say('e')
    expect(say('f')).toBeUndefined()
    expect(turns).toEqual(['a', 'b', 'cd'])
    arrivals[1]?.()
    await turn
    expect([turns, arrivals.length]).toEqual([['a', 'b', 'cd', 'ef'], 2])
  })

  it('[IB3] waits for the first of two pending commits, and shares a turn with the others that wait', async () => {
    for (const frame of ['a', 'b', 'c', 'd']) {
      now += 100
      say(frame)
    }
    commits[1]?.done()
    await settle()
    expect([turns, arrivals.length]).toEqual([['a', 'b'], 0])
    commits[0]?.done()
    await settle()
    expect([turns, arrivals.length]).toEqual([['a', 'b'], 1])
    arrivals[0]?.()
    await settle()
    expect([turns, commits.length]).toEqual([['a', 'b', 'cd'], 3])
    now += 100
    say('e')
    expect(turns).toEqual(['a', 'b', 'cd', 'e'])
  })

  it('[IB4] does not wait for a turn that wrote nothing', () => {
    writes = false
    for (const frame of ['a', 'b', 'c']) {
      now += 100
      say(frame)
    }
    expect([turns, commits.length]).toEqual([['a', 'b', 'c'], 0])
  })

  it('[IB5] can be flushed early, and then gets no second turn', async () => {
    for (const frame of ['a', 'b']) say(frame)
    const turn = say('c')
    inbox.flush()
    inbox.flush()
    expect(turns).toEqual(['a', 'b', 'c'])
    for (const commit of commits) commit.done()
    await settle()
    arrivals[0]?.()
    await turn
    expect(turns).toEqual(['a', 'b', 'c'])
  })

  it('[IB6] rejects with the failure of the commit it waits for', async () => {
    say('a')
    now += 100
    say('b')
    const turn = say('c')
    commits[0]?.fail()
    await expect(turn).rejects.toThrow('disk')
  })

  it('[IB8] waits after sixteen turns in which no other socket was read, and after eight asks whether one was', async () => {
    writes = false
    const many = (count: number) => Array.from({ length: count }, () => say('a'))
    many(7)
    expect(arrivals).toHaveLength(0)
    many(1)
    expect(arrivals).toHaveLength(1)
    arrivals[0]?.()
    await settle()
    many(15)
    expect([turns.length, arrivals.length]).toEqual([23, 2])
    many(1)
    expect(turns).toHaveLength(24)
    const turn = say('b')
    say('c')
    expect(turns).toHaveLength(24)
    for (const arrived of arrivals) arrived()
    await turn
    expect(turns.slice(24)).toEqual(['bc'])
  })

  it('[IB7] does not wait for a commit if the waiting frames are large', () => {
    for (const frame of ['a', 'b', 'c']) {
      now += 100
      say(frame)
    }
    const much = 'x'.repeat(100 * 1024)
    for (let n = 0; n < 2; n++) say(much)
    expect(turns).toEqual(['a', 'b'])
    say(much)
    expect(turns).toEqual(['a', 'b', `c${much.repeat(3)}`])
  })
})
