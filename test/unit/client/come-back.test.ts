import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { startComeBack } from '../../../client/room/timeline/come-back.ts'
import type { SessionView } from '../../../client/session/index.ts'
import type { ScrollPosition } from '../../../client/storage/scroll-positions.ts'

const POSITION: ScrollPosition = { seq: 7, offset: 20, leftAt: 90 }

function room(there: readonly number[]) {
  const told: string[] = []
  const messages = signal<ReadonlyMap<number, unknown>>(new Map(there.map((seq) => [seq, {}])))
  const view = signal({} as SessionView)
  const leftAt = signal<number | undefined>(undefined)
  const giveUp = startComeBack(POSITION, {
    messages,
    view,
    async reach(seq) {
      told.push(`reach ${seq}`)
      // With the past before their eyes nobody is at the present.
      leftAt.value = 90
      messages.value = new Map([[seq, {}]])
    },
    reveal: (seq) => told.push(`reveal ${seq}`),
    follow: { leftAt, returnTo: ({ seq }) => told.push(`return to ${seq}`) },
  })
  const join = async (seq = 90) => {
    view.value = { self: { seq } } as SessionView
    await Promise.resolve()
    await Promise.resolve()
  }
  return { told, leftAt, join, giveUp }
}

test('[RS1] waits until one is in, and loads what is far above first', async () => {
  const { told, join } = room([90])
  expect(told).toEqual([])
  await join()
  expect(told).toEqual(['reach 7', 'reveal 7', 'return to 7'])
})

test('[RS2] loads nothing where it is there already', async () => {
  const { told, join } = room([7, 90])
  await join()
  expect(told).toEqual(['reveal 7', 'return to 7'])
})

test('[RS3] leaves alone whoever has gone elsewhere, and says where to when it is given up', async () => {
  const gone = room([90])
  gone.leftAt.value = 80
  await gone.join()
  expect(gone.told).toEqual([])
  const left = room([90])
  expect(left.giveUp()).toEqual(POSITION)
  await left.join()
  expect(left.told).toEqual([])
})

test('[RS4] goes nowhere in a room that has begun anew', async () => {
  const { told, join, giveUp } = room([7, 20])
  await join(20)
  expect(told).toEqual([])
  expect(giveUp()).toBeUndefined()
})
