import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemoryOutbox } from '../../../client/session/index.ts'
import { type Client, FakeWorld, shownTexts } from './fake-world.ts'
import { live, sent } from './live.ts'
import { SlowOutbox } from './slow-outbox.ts'

const TABS = [0, 1] as const
type Tab = (typeof TABS)[number]

/** What can go wrong for a person with two tabs, one outbox and a bad network. */
type Mishap =
  | { kind: 'type' | 'react' | 'cut' | 'reload' | 'crash' | 'offline' | 'shown'; tab: Tab }
  /** From now on the connection silently loses every frame in that direction. */
  | { kind: 'deafServer' | 'deafClient'; tab: Tab }
  | { kind: 'refuse'; code: 'rate-limited' | 'internal' }
  | { kind: 'speak' | 'unreachable' | 'forgetful' | 'restart' }
  | { kind: 'wait'; ms: number }

const tab = fc.constantFrom(...TABS)
const anyMishap: fc.Arbitrary<Mishap> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('type' as const), tab }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.oneof(fc.nat(40), fc.nat(2_000), fc.nat(30_000)),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'react',
        'cut',
        'reload',
        'crash',
        'offline',
        'shown',
        'deafServer',
        'deafClient',
      ),
      tab,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('refuse' as const),
      code: fc.constantFrom('rate-limited', 'internal'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('speak', 'unreachable', 'forgetful', 'restart') }),
  },
)

/** The storage of memory, of a browser, and of a browser on plain http, which has no locks. */
const STORAGES = ['at once', 'slow', 'slow, without locks'] as const
type Storage = (typeof STORAGES)[number]

/** Applies a list of mishaps, and checks after each that no message is lost or shown twice. */
class Run {
  readonly world = new FakeWorld()
  readonly shared = new MemoryOutbox()
  readonly tabs: Client[]
  readonly typed: string[] = []
  #seed: number
  readonly #storage: Storage

  constructor(seed: number, storage: Storage) {
    this.#seed = seed
    this.#storage = storage
    if (storage === 'slow, without locks') this.shared.exclusively = (_, drain) => drain()
    this.world.random = () => this.#random()
    this.world.latency = () => 1 + Math.floor(this.#random() * 60)
    this.tabs = TABS.map(() => this.#open())
  }

  #random(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0
    return this.#seed / 2 ** 32
  }

  #open(): Client {
    const slow = new SlowOutbox(this.shared, this.world.clock, () => Math.floor(this.#random() * 4))
    return this.world.open({ outbox: this.#storage === 'at once' ? this.shared : slow })
  }

  async apply(mishap: Mishap): Promise<void> {
    const { world, tabs } = this
    const { server, clock } = world
    switch (mishap.kind) {
      case 'type': {
        const text = `mine ${this.typed.length}`
        this.typed.push(text)
        void tabs[mishap.tab]?.session.send(text)
        // A person types one message at a time, even with two tabs.
        await clock.advance(20)
        break
      }
      case 'react': {
        if (server.seq > 0) void tabs[mishap.tab]?.session.react(1, `${this.typed.length}`, true)
        break
      }
      case 'cut':
        tabs[mishap.tab]?.wires.at(-1)?.cut()
        break
      case 'reload':
      case 'crash':
        if (mishap.kind === 'crash') tabs[mishap.tab]?.wires.at(-1)?.cut()
        tabs[mishap.tab]?.session.close()
        tabs[mishap.tab] = this.#open()
        break
      case 'offline':
        tabs[mishap.tab]?.session.setOnline(false)
        await clock.advance(500)
        tabs[mishap.tab]?.session.setOnline(true)
        break
      case 'shown':
        tabs[mishap.tab]?.session.setVisible(true)
        break
      case 'deafServer':
      case 'deafClient': {
        const wire = tabs[mishap.tab]?.wires.at(-1)
        if (wire) wire[mishap.kind] = true
        break
      }
      case 'refuse':
        server.refusals.push({ code: mishap.code, retryAfter: 700 })
        break
      case 'speak':
        server.say('theirs')
        break
      case 'unreachable':
        world.unreachable = !world.unreachable
        break
      case 'forgetful':
        server.resumeAtMost = server.resumeAtMost === 2 ? 10_000 : 2
        break
      case 'restart':
        for (const peer of [...server.peers]) server.kick(peer, 1012)
        break
      case 'wait':
        await clock.advance(mishap.ms)
        break
      default:
        mishap satisfies never
    }
    await clock.advance(0)
    this.check()
  }

  check(): void {
    const stored = this.world.server.messages().flatMap(({ by, body }) => (by === 'me' ? [body] : []))
    expect(stored).toEqual(this.typed.filter((text) => stored.includes(text)))
    for (const { session } of this.tabs) {
      const keys = session.view.timeline.map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
      const shown = session.view.timeline.map((item) =>
        item.kind === 'message' ? item.message.body : item.body,
      )
      const mine = shown.filter((body) => body.startsWith('mine'))
      expect(new Set(mine).size).toBe(mine.length)
    }
  }

  /** The network recovers: soon both tabs have every message. */
  async finish(): Promise<void> {
    const { world, tabs, shared } = this
    world.unreachable = false
    world.server.refusals = []
    await world.clock.advance(240_000)
    this.check()
    const log = world.server.messages()
    const mine = log.flatMap(({ by, body }) => (by === 'me' ? [body] : []))
    expect(mine).toEqual(this.typed)
    expect(await shared.list('main')).toEqual([])
    for (const { session } of tabs) {
      expect(session.view.status).toEqual({ kind: 'live' })
      const shown = session.view.timeline.map((item) => (item.kind === 'message' ? item.message : item))
      expect(shown).toEqual(log.slice(-shown.length))
      expect(shown.length).toBeGreaterThanOrEqual(Math.min(log.length, 50))
    }
    this.#checkRetries()
  }

  /** A tab that sends an entry again sends the same `since` and `epoch`. */
  #checkRetries(): void {
    const first = new Map<string, string>()
    for (const frame of this.world.server.received) {
      if (frame.event !== 'updateChat') continue
      const { id = '', since, epoch } = frame.data
      expect(since).toBeDefined()
      const stamp = `${since} ${epoch}`
      expect(first.get(id) ?? stamp).toBe(stamp)
      first.set(id, stamp)
    }
  }
}

/** Two tabs that each gave an entry another `since`. */
const ONCE_FAILED: [number, Mishap[]][] = [
  [
    1_224_771_020,
    [{ kind: 'wait', ms: 133 }, { kind: 'shown', tab: 0 }, { kind: 'speak' }, { kind: 'type', tab: 0 }],
  ],
]

it.each(STORAGES)(
  '[DL1] two tabs deliver everything typed once, in order, through any mishaps; storage: %s',
  async (storage) => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(anyMishap, { maxLength: 60, size: 'max' }),
        async (seed, mishaps) => {
          const run = new Run(seed, storage)
          for (const mishap of mishaps) await run.apply(mishap)
          await run.finish()
        },
      ),
      { numRuns: 200, examples: ONCE_FAILED },
    )
  },
  120_000,
)

describe('a change that was queued in an earlier epoch', () => {
  it('[SK70] is neither shown on nor done to another message, and an edit’s text is kept', async () => {
    const { world, client, session } = await live()
    void session.send('first in the old room')
    await world.clock.advance(50)
    session.setOnline(false)
    void session.edit(1, 'the old text, changed')
    void session.remove(1)
    void session.send('a reply', { replyTo: 1 })
    await world.clock.advance(50)
    world.server.erase()
    world.server.say('something quite different', 'me')
    session.setOnline(true)
    await world.clock.advance(5_000)
    expect(shownTexts(session)).toEqual([
      'something quite different',
      'the old text, changed (failed)',
      'a reply (failed)',
    ])
    const refused = [...sent(client, 'editChat'), ...sent(client, 'deleteChat')]
    expect(refused).toHaveLength(2)
    refused.push(sent(client, 'updateChat').at(-1))
    for (const data of refused) await session.retry(Reflect.get(Object(data), 'id'))
    await world.clock.advance(5_000)
    expect(world.server.messages().map(({ body, replyTo }) => [body, replyTo])).toEqual([
      ['something quite different', undefined],
      ['a reply', undefined],
    ])
    expect(world.server.seq).toBe(2)
  })
})
