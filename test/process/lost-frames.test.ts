import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { PING_EVERY_MS, PONG_LEAD_MS } from '../../client/session/index.ts'
import { RAISED_RATES, startWorkerd } from '../../tools/workerd.mjs'
import type { Person } from './chaos-person.ts'
import type { Link } from './chaos-proxy.ts'
import { ChaosWorld } from './chaos-world.ts'

/** A heartbeat reveals a lost frame once the frames it may have overtaken have had time to arrive. */
const HEARTBEAT_MS = PING_EVERY_MS + PONG_LEAD_MS
/** For the backoff (at most 1 s), the join and its answer, on a busy machine. */
const REPAIR_MS = 5_000

let server: Awaited<ReturnType<typeof startWorkerd>>
beforeAll(async () => {
  server = await startWorkerd(inject('bundle'), {
    rooms: `${inject('bundle').folder}/lost-frames`,
    vars: RAISED_RATES,
  })
})
afterAll(() => server.kill())

interface Loss {
  at: number
  link: Link
}

/** Loses the next frame for which `is` holds. */
function lose(world: ChaosWorld, { proxy }: Person, is: (text: string) => boolean): () => Loss | undefined {
  let loss: Loss | undefined
  proxy.loses = (text, link) => {
    if (loss !== undefined || !is(text)) return false
    loss = { at: world.clock.elapsed, link }
    return true
  }
  return () => loss
}

const isOf = (event: string) => (text: string) => text.includes(`"event":"${event}"`)

/** Ann and Ben, with a message of each, just after a heartbeat: the next one is as late as possible. */
async function twoPeople(world: ChaosWorld) {
  const ann = await world.join('Ann')
  const ben = await world.join('Ben')
  await ann.session.send('one')
  await world.untilWhole(1)
  await ben.session.send('two')
  await world.untilWhole(2)
  await world.afterHeartbeat(ann)
  return { ann, ben }
}

/** Waits for the loss, and expects everyone to have everything again in time. */
async function madeUpFor(world: ChaosWorld, person: Person, loss: () => Loss | undefined, length: number) {
  await world.clock.until(() => loss() !== undefined, 'the frame was lost')
  await world.untilWhole(length)
  inTime(world, loss)
  expect(person.link).not.toBe(loss()?.link)
  world.check()
}

function inTime({ clock }: ChaosWorld, loss: () => Loss | undefined): void {
  const took = clock.elapsed - (loss()?.at ?? Number.NaN)
  console.log(`${expect.getState().currentTestName}: ${took} ms`)
  expect(took).toBeLessThanOrEqual(HEARTBEAT_MS + REPAIR_MS)
}

/** `count` messages, each with its number and `more`. */
function messages(count: number, more = ''): string[] {
  return Array.from({ length: count }, (_, n) => `${n} ${more}`)
}

const LONG = messages(150, 'x'.repeat(3_900))

describe('a frame that the network lost is noticed and fetched again within one heartbeat', () => {
  let world: ChaosWorld
  beforeEach(async () => {
    world = await ChaosWorld.open(server)
  })
  afterEach(() => world.close())

  it.each<[string, string, (people: { ann: Person; ben: Person }) => Promise<void>]>([
    ['an ack', 'ack', ({ ann }) => ann.session.send('three')],
    ["someone's message", 'updateChat', ({ ben }) => ben.session.send('three')],
    ["someone's edit", 'editChat', ({ ben }) => ben.session.edit(2, 'too')],
    ["someone's deletion", 'deleteChat', ({ ben }) => ben.session.remove(2)],
    ["someone's reaction", 'react', ({ ben }) => ben.session.react(1, '👍', true)],
    ["someone's topic", 'setTopic', ({ ben }) => ben.session.setTopic('Numbers')],
  ])('[CH1] %s', async (_name, event, act) => {
    const people = await twoPeople(world)
    const loss = lose(world, people.ann, isOf(event))
    await act(people)
    await madeUpFor(world, people.ann, loss, 3)
  })

  it('[CH2] several changes in one frame', async () => {
    const { ann } = await twoPeople(world)
    const loss = lose(world, ann, (text) => text.startsWith('[') && isOf('updateChat')(text))
    await world.sayAtOnce('Cleo', messages(40))
    await madeUpFor(world, ann, loss, 42)
  })

  it('[CH3] a refusal', async () => {
    const { ann } = await twoPeople(world)
    const loss = lose(world, ann, isOf('error'))
    await ann.session.edit(2, 'not mine')
    await madeUpFor(world, ann, loss, 2)
    expect([...ann.refused().values()]).toEqual(['forbidden'])
  })

  it('[CH4] the answer to a join, with all that was missed', async () => {
    const { ann, ben } = await twoPeople(world)
    const loss = lose(world, ann, isOf('joined'))
    ann.link.cut()
    await ben.session.send('three')
    await madeUpFor(world, ann, loss, 3)
  })

  it.each([
    ['second', 1, 3],
    ['last', 3, 4],
  ])('[CH5] the %s frame of a long resume', async (_name, place, sent) => {
    const { ann } = await twoPeople(world)
    ann.session.setOnline(false)
    await world.sayAtOnce('Cleo', LONG)
    let frames = 0
    const loss = lose(world, ann, (text) => isOf('updateChat')(text) && frames++ === place)
    ann.session.setOnline(true)
    await madeUpFor(world, ann, loss, 2 + LONG.length)
    const resumes = ann.proxy.links
      .slice(1)
      .map(({ sentByServer }) => sentByServer.filter(isOf('updateChat')).length)
    expect(resumes[0]).toBe(sent)
  })

  it("[CH6] a newcomer's page of history", async () => {
    // Too long for one frame with the answer to the join.
    await world.sayAtOnce('Ann', messages(50, '"'.repeat(3_900)))
    const ben = await world.open('Ben')
    const loss = lose(world, ben, (text) => isOf('msgHistory')(text) && !isOf('joined')(text))
    await madeUpFor(world, ben, loss, 50)
  })

  it('[CH7] a page of older history', async () => {
    await world.sayAtOnce('Ann', messages(60))
    const ben = await world.join('Ben')
    await world.afterHeartbeat(ben)
    const loss = lose(world, ben, isOf('msgHistory'))
    const loaded = ben.session.loadOlder()
    await world.clock.until(() => ben.shown.length === 60, 'the page was there')
    await loaded
    inTime(world, loss)
    world.check()
  })

  it('[CH8] the answer to a heartbeat', async () => {
    const { ann } = await twoPeople(world)
    const { link } = ann
    const loss = lose(world, ann, (text) => text.startsWith('pong'))
    await world.clock.until(() => ann.link !== link && ann.isLive, 'there was another connection')
    inTime(world, loss)
    world.check()
  })
})
