import { describe, expect, it } from 'vitest'
import { RateLimiter } from '../../../src/room/state/rate-limiter.ts'

describe('a person’s rate limit', () => {
  const rate = { burst: 2, perSecond: 1 }

  it('[P21] treats a hundred refusals within a second as a flood, and then counts from zero', () => {
    const limiter = new RateLimiter(rate)
    const take = (now: number, times: number) =>
      Array.from({ length: times }, () => limiter.take('ann', now).kind).filter((kind) => kind !== 'pass')
    expect(take(0, 101)).toEqual(Array.from({ length: 99 }, () => 'refuse'))
    expect(take(1_000, 2)).toEqual(['flood'])
    const later = new RateLimiter({ burst: 1, perSecond: 0.001 })
    const kinds = (now: number, times: number) =>
      Array.from({ length: times }, () => later.take('ann', now).kind)
    expect(kinds(0, 100)).not.toContain('flood')
    expect(kinds(1_001, 99)).not.toContain('flood')
    expect(kinds(2_001, 1)).toEqual(['flood'])
    expect(kinds(2_002, 1)).toEqual(['refuse'])
  })

  it('[P22] charges for more than one frame, and for at most a burst', () => {
    const limiter = new RateLimiter(rate)
    expect(limiter.take('ann', 0, 0)).toEqual({ kind: 'pass' })
    expect(limiter.take('ann', 0, 9)).toEqual({ kind: 'pass' })
    expect(limiter.take('ann', 0, 0)).toEqual({ kind: 'pass' })
    expect(limiter.take('ann', 0, 9)).toEqual({ kind: 'refuse', retryAfter: 2_000 })
  })

  it('[P23] drops accounts only of people who may send a whole burst again, when there are very many', () => {
    const limiter = new RateLimiter(rate)
    limiter.take('full again', 0, 2)
    for (let n = 0; n < 1_999; n += 1) limiter.take(`p${n}`, 2_000)
    limiter.take('one more', 2_001)
    expect(limiter.take('full again', 2_001, 2).kind).toBe('pass')
    expect(limiter.take('p0', 2_001, 2).kind).toBe('refuse')
  })
})
