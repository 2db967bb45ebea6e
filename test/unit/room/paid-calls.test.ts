import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { TestRoom } from './test-room.ts'

const RATE = { burst: 5, perSecond: 1 }
const NETWORK = 'network'

function annsRoom() {
  const room = new TestRoom({ rate: RATE })
  room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
  room.enter('ann')
  room.wait(60_000)
  return room
}

const CALLS = ['facts', 'usage'] as const

describe.each(CALLS)('the %s of a room', (call) => {
  /** The refusal of a call; undefined where it is answered. */
  const ask = ({ core, now }: TestRoom, by: string, network?: string) => {
    const who = { session: `s-${by}`, by, ...(network === undefined ? {} : { network }) }
    return call === 'facts' ? core.charges(who, now) : core.refusesUsage(who, now)
  }

  it('[PC1] are refused to a person whose frames and calls are used up, with when to ask again', () => {
    const room = annsRoom()
    const answers = Array.from({ length: RATE.burst }, () => ask(room, 'ann'))
    expect(answers).toEqual(answers.map(() => undefined))
    expect(ask(room, 'ann')).toEqual({ ok: false, code: 'rate-limited', retryAfter: 1_000 })
    room.wait(1_000)
    expect(ask(room, 'ann')).toBeUndefined()
  })

  it('[PC2] are refused to everyone of a network whose frames and calls are used up', () => {
    const room = annsRoom()
    for (let n = 0; n < LIMITS.networkBurst; n += 1)
      room.core.charges({ session: `s-${n}`, by: `cookie ${n}`, network: NETWORK }, room.now)
    expect(ask(room, 'ann', NETWORK)).toMatchObject({ code: 'rate-limited' })
    expect(ask(room, 'ann', 'another network')).toBeUndefined()
  })
})
