import { describe, expect, it } from 'vitest'
import { clientFrames } from '../../src/protocol/client-frames.ts'
import { parseClientFrame } from '../../src/protocol/parse-client-frame.ts'
import { drawFrame, POLLUTION } from '../../tools/fuzz/draw-frame.ts'
import type { Sabotage } from '../../tools/fuzz/fuzzed-room.ts'
import { drawData, EVENTS, type Known } from '../../tools/fuzz/grammar.ts'
import { type Round, runRound } from '../../tools/fuzz/rounds.ts'
import { Random } from '../../tools/random.ts'

/** Enough to reach each event in each state. */
const ROUNDS = 4
const FRAMES = 1_000
/** Enough frames to catch a room that is broken on purpose. */
const CONTROL_FRAMES = 2_000
const CONTROL_SEEDS = 5

const known = (): Known => ({ room: 'kitchen', epochs: ['e'], ids: ['i'], names: ['Ann'], seq: 9 })

it('[FZ1] no malformed frame makes a room fail or affects honest people', async () => {
  const events = new Set<string>()
  for (let seed = 1; seed <= ROUNDS; seed += 1) {
    const round = await runRound(seed, FRAMES)
    expect(round.broken, `seed ${seed}: ${JSON.stringify(round.broken)}`).toBeUndefined()
    for (const what of Object.keys(round.eventCounts ?? {})) events.add(what)
  }
  // The frames got past validation.
  for (const what of [
    'editChat',
    'deleteChat',
    'react',
    'setTopic',
    'newRoom',
    'userRename',
    'error conflict',
  ])
    expect(events).toContain(what)
})

it('[FZ2] the grammar generates valid frames of every event from its schema alone', () => {
  const random = new Random(1)
  expect(EVENTS).toEqual(Object.keys(clientFrames))
  for (const event of EVENTS) {
    const valid = Array.from({ length: 200 }, () =>
      parseClientFrame(JSON.stringify({ event, data: drawData(random, event, known()) })),
    ).filter(({ ok }) => ok)
    // Some drawn frames are invalid: two places for one page, a text of blanks.
    expect([event, valid.length > 50]).toEqual([event, true])
  }
})

it('[FZ3] the same seed sends the same frames, and another seed others', () => {
  const frames = (seed: number): string => {
    const random = new Random(seed)
    return JSON.stringify(Array.from({ length: 500 }, () => drawFrame(random, known())))
  }
  expect(frames(7)).toBe(frames(7))
  expect(frames(7)).not.toBe(frames(8))
})

const BROKEN_ROOMS: [string, RegExp, Sabotage][] = [
  [
    'throws for an edit without an id',
    /^turn: /,
    (core) => {
      const receive = core.receive.bind(core)
      core.receive = (incoming, now) => {
        for (const { frame } of incoming)
          if (typeof frame === 'string' && /^{"event":"editChat","data":{"room"/.test(frame))
            throw new TypeError('x')
        return receive(incoming, now)
      }
    },
  ],
  [
    'throws while it decides',
    /^fault: /,
    (_core, store) => {
      store.message = () => {
        throw new TypeError('Cannot read properties of undefined')
      }
    },
  ],
  [
    'adds a field to Object.prototype',
    /^prototype: /,
    (core) => {
      const receive = core.receive.bind(core)
      core.receive = (incoming, now) => {
        const outcome = receive(incoming, now)
        const isTaken = incoming.some(({ frame }) => String(frame).includes('"__proto__":{'))
        if (isTaken) Object.defineProperty(Object.prototype, POLLUTION, { value: 1, configurable: true })
        return outcome
      }
    },
  ],
  [
    'repeats a client’s input in an error',
    /^refusal: /,
    withTold((text) => text.replace('There is no such event.', 'There is no event <b>.')),
  ],
  [
    'sends an unknown event',
    /^answer: /,
    withTold((text) => text.replace('"event":"userTyping"', '"event":"typing"')),
  ],
  [
    'loses an honest person’s message',
    /^honest: /,
    withTold((text) =>
      text.includes('Ann says 2"') && !text.startsWith('[')
        ? '{"event":"presence","data":{"count":1}}'
        : text,
    ),
  ],
  [
    'never releases a closed socket',
    /^bounds: /,
    (core) => {
      core.closed = (_connection, now) => core.wake(now)
    },
  ],
]

function withTold(change: (text: string) => string): Sabotage {
  return (core) => {
    for (const name of ['receive', 'wake'] as const) {
      const turn = core[name].bind(core) as (...given: unknown[]) => ReturnType<typeof core.wake>
      Object.assign(core, {
        [name]: (...given: unknown[]) => {
          const outcome = turn(...given)
          const deliveries = outcome.deliveries.map((one) => ({ ...one, frames: one.frames.map(change) }))
          return { ...outcome, deliveries }
        },
      })
    }
  }
}

describe('the fuzzer finds a room', () => {
  it.each(BROKEN_ROOMS)('[FZ4] that %s', async (_name, says, sabotage) => {
    let found: Round['broken']
    for (let seed = 1; seed <= CONTROL_SEEDS && found === undefined; seed += 1) {
      found = (await runRound(seed, CONTROL_FRAMES, sabotage)).broken
    }
    expect(found?.message).toMatch(says)
    // The failing frames were shrunk.
    expect(found?.steps.length).toBeLessThan(20)
  })
})
