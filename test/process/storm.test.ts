import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { newSeed, Random } from '../../tools/random.ts'
import { RAISED_RATES, startWorkerd } from '../../tools/workerd.mjs'
import { ChaosWorld } from './chaos-world.ts'
import { storm } from './storm.ts'

const STORM_MS = 40_000
/** STORMS=100 runs more of them, SEED=… repeats one. */
const { STORMS = 4, SEED } = process.env
const SEEDS = SEED ? [Number(SEED)] : Array.from({ length: Number(STORMS) }, newSeed)

let server: Awaited<ReturnType<typeof startWorkerd>>
beforeAll(async () => {
  server = await startWorkerd(inject('bundle'), {
    rooms: `${inject('bundle').folder}/storm`,
    vars: RAISED_RATES,
  })
})
afterAll(() => server.kill())

it.each(SEEDS)(
  '[CH10] after random network failures (seed %i) no change is lost, doubled or out of order, and all see the same',
  async (seed) => {
    const random = new Random(seed)
    const world = await ChaosWorld.open(server)
    await Promise.all(['Ann', 'Ben', 'Cleo', 'Dan'].map((name) => world.open(name, { random: random.next })))
    await world.untilWhole(0)
    await storm(world, random, STORM_MS)
    const took = await world.untilWhole(0)
    world.check()
    const links = world.people.reduce((sum, { proxy }) => sum + proxy.links.length, 0)
    const typed = world.people.reduce((sum, person) => sum + person.typed.length, 0)
    console.log(
      `seed ${seed}: ${typed} changes typed, ${world.log.length} stored, ${links} connections, whole ${took} ms after`,
    )
    for (const person of world.people) {
      // The message may have been deleted meanwhile; any other refusal is a fault.
      expect([...person.refused().values()].filter((code) => code !== 'not-found')).toEqual([])
    }
    expect(links).toBeGreaterThan(8)
    expect(world.log.length).toBeGreaterThan(50)
    await world.close()
  },
)
