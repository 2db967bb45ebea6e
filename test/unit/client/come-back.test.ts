import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { startComeBack } from '../../../client/room/timeline/come-back.ts'
import type { SessionView } from '../../../client/session/index.ts'
import type { ScrollPosition } from '../../../client/storage/scroll-positions.ts'

const POSITION: ScrollPosition = { seq: 7, offset: 20, leftAt: 90 }

function comeBack(there: readonly number[]) {
  const steps: string[] = []
  const messages = signal<ReadonlyMap<number, unknown>>(new Map(there.map((seq) => [seq, {}])))
  const view = signal({} as SessionView)
  const leftAt = signal<number | undefined>(undefined)
  const giveUp = startComeBack(POSITION, {
    messages,
    view,
    async reach(seq) {
      steps.push(`reach ${seq}`)
      // A history window does not reach the present.
      leftAt.value = 90
      messages.value = new Map([[seq, {}]])
    },
    reveal: (seq) => steps.push(`reveal ${seq}`),
    follow: { leftAt, returnTo: ({ seq }) => steps.push(`return to ${seq}`) },
  })
  const join = async (seq = 90) => {
    view.value = { self: { seq } } as SessionView
    await Promise.resolve()
    await Promise.resolve()
  }
  return { steps, leftAt, join, giveUp }
}

test('[RS1] waits for the join, and first loads a position far above', async () => {
  const { steps, join } = comeBack([90])
  expect(steps).toEqual([])
  await join()
  expect(steps).toEqual(['reach 7', 'reveal 7', 'return to 7'])
})

test('[RS2] loads nothing when the position is loaded already', async () => {
  const { steps, join } = comeBack([7, 90])
  await join()
  expect(steps).toEqual(['reveal 7', 'return to 7'])
})

test('[RS3] does not move a reader who has scrolled, and returns the position when it is given up', async () => {
  const scrolled = comeBack([90])
  scrolled.leftAt.value = 80
  await scrolled.join()
  expect(scrolled.steps).toEqual([])
  const givenUp = comeBack([90])
  expect(givenUp.giveUp()).toEqual(POSITION)
  await givenUp.join()
  expect(givenUp.steps).toEqual([])
})

test('[RS4] goes nowhere in a room that was erased and begun again', async () => {
  const { steps, join, giveUp } = comeBack([7, 20])
  await join(20)
  expect(steps).toEqual([])
  expect(giveUp()).toBeUndefined()
})
