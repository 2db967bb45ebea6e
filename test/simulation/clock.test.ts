import { expect, it } from 'vitest'
import { Random } from '../../tools/random.ts'
import { VirtualClock } from './clock.ts'

it('[SIM6] timers run in order of time, and those of the same time in the order they were set', async () => {
  const random = new Random(1)
  const clock = new VirtualClock(0)
  const timers = Array.from({ length: 500 }, (_, number) => ({ number, at: random.between(0, 40) }))
  const ran: { number: number; at: number }[] = []
  for (const { number, at } of timers) clock.after(at, () => ran.push({ number, at: clock.now }))
  for (const { number } of timers.filter(({ number }) => number % 3 === 0)) {
    clock.after(number, () => ran.push({ number: -1, at: clock.now }))()
  }
  await clock.advance(20)
  expect(ran.every(({ at }) => at <= 20)).toBe(true)
  await clock.advance(20)
  expect(ran).toEqual(timers.toSorted((one, other) => one.at - other.at || one.number - other.number))
})

it('[SIM7] timers that were due during a leap run late, and pending promises continue before the next timer', async () => {
  const clock = new VirtualClock(0)
  const ran: string[] = []
  clock.after(10, () => {
    clock.stirred = true
    void Promise.resolve().then(() => ran.push(`then ${clock.now}`))
  })
  clock.after(20, () => ran.push(`timer ${clock.now}`))
  clock.leap(1_000)
  await clock.advance(0)
  expect(ran).toEqual(['then 1000', 'timer 1000'])
})
