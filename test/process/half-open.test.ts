import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { UNANSWERED_MS, WOKEN_ANSWER_MS } from '../../client/session/index.ts'
import { startWorkerd } from '../../tools/workerd.mjs'
import type { Person } from './chaos-person.ts'
import type { Direction } from './chaos-proxy.ts'
import { ChaosWorld } from './chaos-world.ts'
import { STEP_MS } from './paced-clock.ts'

/** A visible page notices a dead connection within this time. */
const NOTICED_MS = 30_000
/** Backoff (at most 1 s), a join and its answer. */
const REPAIR_MS = 5_000

let server: Awaited<ReturnType<typeof startWorkerd>>
beforeAll(async () => {
  const { folder } = inject('bundle')
  server = await startWorkerd(inject('bundle'), { rooms: `${folder}/half-open` })
})
afterAll(() => server.kill())

let world: ChaosWorld
let ann: Person
let ben: Person
beforeEach(async () => {
  world = await ChaosWorld.open(server)
  ann = await world.join('Ann')
  ben = await world.join('Ben')
})
afterEach(() => world.close())

const WAYS: [string, Direction[]][] = [
  ['from the server', ['down']],
  ['to the server', ['up']],
  ['either way', ['up', 'down']],
]

describe('a connection that silently drops everything', () => {
  it.each(WAYS)('[HO1] %s is noticed within 30 s even if nobody types', async (_way, directions) => {
    const { link } = ann
    await world.afterRoster(ann)
    await world.afterHeartbeat(ann)
    link.swallow(...directions)
    const took = await world.clock.until(() => !ann.isLive || ann.link !== link, 'it was noticed')
    console.log(`${expect.getState().currentTestName}: ${took} ms`)
    expect(took).toBeLessThanOrEqual(NOTICED_MS + STEP_MS)
    await ben.session.send('still there?')
    await ann.session.send('yes')
    await world.untilWhole(2)
    world.check()
  })

  it.each(WAYS)(
    '[HO2] %s neither loses nor doubles what both people type meanwhile',
    async (_way, directions) => {
      const { link } = ann
      link.swallow(...directions)
      await ann.session.send('one')
      await ben.session.send('two')
      await ann.session.send('three')
      const took = await world.untilWhole(3)
      console.log(`${expect.getState().currentTestName}: ${took} ms`)
      expect(took).toBeLessThanOrEqual(UNANSWERED_MS + REPAIR_MS)
      expect(ann.link).not.toBe(link)
      world.check()
    },
  )

  it('[HO3] is noticed within 5 s when the person returns to the page', async () => {
    const { link } = ann
    link.swallow('down')
    ann.session.setVisible(true)
    const took = await world.clock.until(() => !ann.isLive || ann.link !== link, 'it was noticed')
    expect(took).toBeLessThanOrEqual(WOKEN_ANSWER_MS + STEP_MS)
  })

  it('[HO4] to the server alone still delivers the messages of others, and the person’s own first message reveals it', async () => {
    const { link } = ann
    link.swallow('up')
    for (let n = 1; n <= 12; n++) {
      await ben.session.send(`${n}`)
      await world.untilWhole(n)
      await world.clock.pass(5_000)
    }
    expect(ann.link).toBe(link)
    await ann.session.send('and I?')
    expect(await world.untilWhole(13)).toBeLessThanOrEqual(UNANSWERED_MS + REPAIR_MS)
    expect(ann.link).not.toBe(link)
    world.check()
  })
})

describe('a connection that stalls', () => {
  it.each(WAYS)(
    '[HO5] %s for less than any time-out is kept, and everything arrives in order',
    async (_way, directions) => {
      const { link } = ann
      for (const n of [0, 1, 2]) {
        link.stall(...directions)
        await ann.session.send(`mine ${n}`)
        await ben.session.send(`theirs ${n}`)
        await world.clock.pass(7_000)
        link.release()
        await world.untilWhole(2 * (n + 1))
      }
      expect([ann.link, ann.proxy.links.length]).toEqual([link, 1])
      world.check()
    },
  )

  it.each(WAYS)(
    '[HO6] %s for longer is replaced, and changes that arrive late count once',
    async (_way, directions) => {
      const { link } = ann
      link.stall(...directions)
      await ann.session.send('one')
      await ben.session.send('two')
      await world.untilWhole(2)
      expect(ann.link).not.toBe(link)
      link.release()
      await ann.session.send('three')
      await world.untilWhole(3)
      world.check()
    },
  )
})
