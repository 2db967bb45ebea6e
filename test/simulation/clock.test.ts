import { expect, it } from 'vitest'
import { Random } from '../../tools/random.ts'
import { VirtualClock } from './clock.ts'

it('[SIM6] what is due comes in its order, and what is due at one moment in the order it was asked for', async () => {
  const random = new Random(1)
  const clock = new VirtualClock(0)
  const asked = Array.from({ length: 500 }, (_, number) => ({ number, at: random.between(0, 40) }))
  const came: { number: number; at: number }[] = []
  for (const { number, at } of asked) clock.after(at, () => came.push({ number, at: clock.now }))
  for (const { number } of asked.filter(({ number }) => number % 3 === 0)) {
    clock.after(number, () => came.push({ number: -1, at: clock.now }))()
  }
  await clock.advance(20)
  expect(came.every(({ at }) => at <= 20)).toBe(true)
  await clock.advance(20)
  expect(came).toEqual(asked.toSorted((one, other) => one.at - other.at || one.number - other.number))
})

it('[SIM7] what was due while everything slept is late, and a promise goes on before anything else happens', async () => {
  const clock = new VirtualClock(0)
  const came: string[] = []
  clock.after(10, () => {
    clock.stirred = true
    void Promise.resolve().then(() => came.push(`then ${clock.now}`))
  })
  clock.after(20, () => came.push(`timer ${clock.now}`))
  clock.leap(1_000)
  await clock.advance(0)
  expect(came).toEqual(['then 1000', 'timer 1000'])
})
