import { expect, it } from 'vitest'
import {
  firstJoinsRateOf,
  joinsBeginRooms,
  redemptionsRateOf,
  roomsRateOf,
} from '../../../src/platform/config.ts'
import { fullAt, fullBucket, takeToken } from '../../../src/room/model/token-bucket.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

it('[QC1] a day’s quota may be used at once, and refills over the day', () => {
  const rate = roomsRateOf({ ROOMS_A_DAY: '4' })
  let bucket = fullBucket(rate, 0)
  for (let n = 0; n < 4; n++) ({ bucket } = takeToken(bucket, rate, 0))
  expect(takeToken(bucket, rate, 0).retryAfter).toBe(DAY_MS / 4)
  expect(takeToken(bucket, rate, DAY_MS / 4).retryAfter).toBe(0)
})

it.each([undefined, '', '-1', 'many', 'Infinity'])('[QC2] %j is no valid quota', (text) => {
  const settings = text === undefined ? {} : { ROOMS_A_DAY: text, REDEMPTIONS_A_MINUTE: text }
  expect(roomsRateOf(settings)).toEqual({ burst: 50, perSecond: 50 / (24 * 60 * 60) })
  expect(redemptionsRateOf(settings)).toEqual({ burst: 20, perSecond: 20 / 60 })
})

it('[QC4] 0 is no rooms at all, but no other quota can be none', () => {
  const none = { ROOMS_A_DAY: '0', ROOMS_BEGUN_A_DAY: ' 0 ', REDEMPTIONS_A_MINUTE: '0' }
  expect([roomsRateOf(none), firstJoinsRateOf(none)]).toEqual(Array(2).fill({ burst: 0, perSecond: 0 }))
  expect(joinsBeginRooms(none)).toBe(false)
  expect(joinsBeginRooms({})).toBe(true)
  expect(redemptionsRateOf(none)).toEqual({ burst: 20, perSecond: 20 / 60 })
})

it('[QC3] a bucket is full again once everything taken has refilled, and not before', () => {
  const rate = { burst: 3, perSecond: 1 }
  const taken = takeToken(takeToken(fullBucket(rate, 1_000), rate, 1_000).bucket, rate, 1_000).bucket
  const full = fullAt(taken, rate)
  expect(full).toBe(3_000)
  expect(takeToken(taken, rate, full, 3).retryAfter).toBe(0)
  expect(takeToken(taken, rate, full - 1, 3).retryAfter).toBe(1)
  expect(fullAt(fullBucket(rate, 5_000), rate)).toBe(5_000)
})
