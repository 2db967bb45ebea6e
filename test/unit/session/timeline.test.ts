import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTimeline, type Timeline } from '../../../client/session/timeline.ts'
import type { OutboxEntry, OutboxFrame, TimelineItem } from '../../../client/session/types.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { Joined, LogEntry, Message } from '../../../src/protocol/server-frames.ts'
import { naive, replayed } from '../../../tools/delivery/model.ts'
import { anyAction, entryOf, type RandomAction } from './log-generator.ts'

const ENTRY = { by: 'ada', username: 'Ada', time: 1, room: 'main' }

function say(seq: number, more: Partial<Message> = {}): LogEntry {
  return { event: 'updateChat', data: { ...ENTRY, seq, id: `id-${seq}`, body: `body ${seq}`, ...more } }
}

function joined(seq: number, more: Partial<Joined> = {}): Joined {
  const limits = {
    frameBytes: 1,
    bodyLength: 1,
    usernameLength: 1,
    topicLength: 1,
    historyPageMax: 1,
    rateBurst: 1,
    ratePerSecond: 1,
  }
  const me = { username: 'me', by: 'me', room: 'main', role: 'member', version: 1, limits } as const
  return { ...me, epoch: 'one', seq, resumed: false, ...more }
}

/** A timeline that joined when this was the log. */
function begun(log: readonly LogEntry[] = []): Timeline {
  const timeline = createTimeline()
  timeline.join(joined(log.length))
  timeline.begin(naive(log).slice(-LIMITS.historyPage))
  return timeline
}

function messages(timeline: Timeline): Message[] {
  return timeline.items([]).flatMap((item) => (item.kind === 'message' ? [item.message] : []))
}

function queued(id: string, order: number, frame: OutboxFrame, failed?: OutboxEntry['failed']): OutboxEntry {
  return { id, room: 'main', order, time: 5, frame, ...(failed ? { failed } : {}) }
}

function typed(id: string, body: string): OutboxEntry {
  return queued(id, 1, { event: 'updateChat', data: { id, room: 'main', body } })
}

describe('the cursor', () => {
  it('[TL1] moves by one with each change, ignores a repeat, and reports a gap without applying anything', () => {
    const timeline = begun([say(1)])
    expect(timeline.apply(say(2))).toBe('applied')
    expect(timeline.apply(say(2, { body: 'other' }))).toBe('repeat')
    expect(timeline.apply(say(4))).toBe('gap')
    expect(timeline.cursor).toEqual({ seq: 2, epoch: 'one', from: 1, last: 'id-2' })
    expect(messages(timeline).map(({ body }) => body)).toEqual(['body 1', 'body 2'])
  })

  it('[TL2] is undefined before the first page, so that an interrupted join starts again', () => {
    const timeline = createTimeline()
    expect(timeline.cursor).toBeUndefined()
    timeline.join(joined(3))
    expect(timeline.cursor).toBeUndefined()
    expect(timeline.apply(say(4))).toBe('gap')
    timeline.begin([])
    expect(timeline.cursor).toEqual({ seq: 3, epoch: 'one', from: 3 })
  })

  it('[TL3] of the shown rows stays known while a fresh start waits for its page', () => {
    const timeline = begun([say(1)])
    timeline.join(joined(9, { epoch: 'two' }))
    expect(timeline.cursor).toBeUndefined()
    expect(timeline.shownPosition).toEqual({ seq: 1, epoch: 'one', from: 1 })
    expect(messages(timeline)).toHaveLength(1)
    timeline.begin([])
    expect(timeline.shownPosition).toEqual({ seq: 9, epoch: 'two', from: 9 })
    expect(messages(timeline)).toEqual([])
  })

  it('[TL4] stays where it is when a resume begins', () => {
    const timeline = begun([say(1)])
    timeline.join(joined(2, { resumed: true }))
    expect(timeline.begin([])).toBe(false)
    expect(timeline.apply(say(2))).toBe('applied')
    expect(messages(timeline)).toHaveLength(2)
  })
})

describe('another epoch', () => {
  const log = Array.from({ length: 60 }, (_, index) => say(index + 1))

  it('[TL22] has its own seqs: early changes of the old one do not apply to it', () => {
    const timeline = begun(log)
    timeline.apply({ event: 'deleteChat', data: { ...ENTRY, seq: 61, id: 'x', ref: 2 } })
    timeline.apply({ event: 'setTopic', data: { ...ENTRY, seq: 62, id: 'y', topic: 'old' } })
    timeline.join(joined(1, { epoch: 'two' }))
    timeline.begin(naive([say(1)]))
    expect(timeline.topic).toBe('')
    timeline.apply(say(2))
    timeline.apply({ event: 'setTopic', data: { ...ENTRY, seq: 3, id: 'z', topic: 'new' } })
    expect(messages(timeline).map(({ body }) => body)).toEqual(['body 1', 'body 2'])
    expect(timeline.topic).toBe('new')
  })
})

describe('history', () => {
  const log = Array.from({ length: 120 }, (_, index) => say(index + 1))

  it('[TL5] ends with a page that is shorter than requested', () => {
    const timeline = begun(log)
    expect([timeline.oldest, timeline.hasOlder]).toEqual([71, true])
    timeline.prepend(naive(log).slice(20, 70), true)
    expect([timeline.oldest, timeline.hasOlder]).toEqual([21, true])
    timeline.prepend(naive(log).slice(0, 20), false)
    expect([timeline.oldest, timeline.hasOlder]).toEqual([1, false])
    expect(messages(timeline)).toEqual(naive(log))
  })

  it('[TL6] keeps the copy of a message with the higher rev', () => {
    const timeline = begun(log)
    const copy = (body: string, rev: number) => ({ ...ENTRY, seq: 71, id: 'id-71', body, rev })
    timeline.prepend([copy('edited', 121)], true)
    timeline.prepend([copy('as it was', 90)], true)
    expect(messages(timeline)[0]?.body).toBe('edited')
  })

  it('[TL7] does not apply a change to a copy that contains it', () => {
    const timeline = begun(log)
    const reactions = [{ emoji: 'a', by: ['bo', 'ada'] }]
    timeline.prepend([{ ...ENTRY, seq: 71, id: 'id-71', body: 'edited', rev: 122, reactions }], true)
    timeline.apply({ event: 'react', data: { ...ENTRY, seq: 121, id: 'x', ref: 71, emoji: 'a', on: false } })
    timeline.apply({ event: 'editChat', data: { ...ENTRY, seq: 122, id: 'y', ref: 71, body: 'older' } })
    expect(messages(timeline)[0]).toMatchObject({ body: 'edited', rev: 122, reactions })
    expect(timeline.cursor?.seq).toBe(122)
  })

  it('[TL39] keeps the newest 1,000 changes of messages that are not loaded', () => {
    const timeline = begun(log)
    const react = (seq: number, ref: number): LogEntry => ({
      event: 'react',
      data: { ...ENTRY, seq, id: `${seq}`, ref, emoji: 'a', on: true },
    })
    timeline.apply(react(121, 1))
    for (let seq = 122; seq <= 1_121; seq += 1) timeline.apply(react(seq, seq % 2 === 0 ? 2 : 3))
    timeline.prepend(naive(log).slice(0, 70), false)
    expect(messages(timeline).flatMap(({ seq, rev }) => (rev === undefined ? [] : [[seq, rev]]))).toEqual([
      [2, 1_120],
      [3, 1_121],
    ])
  })

  it('[TL8] applies a deletion that came before its message was loaded', () => {
    const timeline = begun(log)
    timeline.apply({ event: 'deleteChat', data: { ...ENTRY, seq: 121, id: 'x', ref: 3 } })
    timeline.prepend(naive(log).slice(0, 70), false)
    const third = messages(timeline)[2]
    expect(third).toMatchObject({ seq: 3, body: '', deleted: true })
  })
})

describe('changes', () => {
  const change = (seq: number) => ({ ...ENTRY, seq, id: `id-${seq}`, ref: 1 })

  it('[TL9] a deletion leaves a tombstone, and no later change brings the text back', () => {
    const timeline = begun([say(1, { replyTo: 7, edited: true, reactions: [{ emoji: 'a', by: ['bo'] }] })])
    timeline.apply({ event: 'deleteChat', data: change(2) })
    timeline.apply({ event: 'editChat', data: { ...change(3), body: 'risen' } })
    timeline.apply({ event: 'react', data: { ...change(4), emoji: 'b', on: true } })
    expect(messages(timeline)).toEqual([
      { ...ENTRY, seq: 1, id: 'id-1', body: '', replyTo: 7, deleted: true, rev: 4 },
    ])
  })

  it('[TL10] a replayed edit of a message deleted since deletes it', () => {
    const timeline = begun([say(1)])
    timeline.apply({ event: 'editChat', data: { ...change(2), body: '', deleted: true } })
    expect(messages(timeline)[0]).toMatchObject({ body: '', deleted: true })
    expect(messages(timeline)[0]).not.toHaveProperty('edited')
  })

  it('[TL11] reactions keep the order of their emoji and of their people', () => {
    const timeline = begun([say(1)])
    const react = (seq: number, by: string, emoji: string, on: boolean): void => {
      timeline.apply({ event: 'react', data: { ...change(seq), by, emoji, on } })
    }
    react(2, 'ada', 'a', true)
    react(3, 'bo', 'b', true)
    react(4, 'bo', 'a', true)
    expect(messages(timeline)[0]?.reactions?.[0]).toEqual({ emoji: 'a', by: ['ada', 'bo'] })
    react(5, 'ada', 'a', false)
    expect(messages(timeline)[0]?.reactions).toEqual([
      { emoji: 'a', by: ['bo'] },
      { emoji: 'b', by: ['bo'] },
    ])
    react(6, 'bo', 'a', false)
    react(7, 'bo', 'b', false)
    expect(messages(timeline)[0]).not.toHaveProperty('reactions')
  })

  it('[TL12] a change replaces its row and the array, and nothing else', () => {
    const timeline = begun([say(1), say(2)])
    const none: OutboxEntry[] = []
    const before = timeline.items(none)
    expect(timeline.items(none)).toBe(before)
    timeline.apply({ event: 'editChat', data: { ...change(3), body: 'new' } })
    const after = timeline.items(none)
    expect(after).not.toBe(before)
    expect(after[0]).not.toBe(before[0])
    expect(after[1]).toBe(before[1])
  })

  it('[TL23] a resume by the same person keeps every row', () => {
    const timeline = begun([say(1), say(2)])
    const before = timeline.items([])
    timeline.join(joined(2, { resumed: true }))
    const after = timeline.items([])
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, true])
  })

  it('[TL13] a new timeline has no topic and no older history', () => {
    const timeline = createTimeline()
    expect([timeline.topic, timeline.hasOlder, timeline.oldest]).toEqual(['', false, undefined])
  })

  it('[TL24] the topic stays if a resume brings none', () => {
    const timeline = begun([say(1)])
    timeline.apply({ event: 'setTopic', data: { ...ENTRY, seq: 2, id: 'x', topic: 'tea' } })
    timeline.join(joined(2, { resumed: true }))
    expect(timeline.topic).toBe('tea')
  })

  it('[TL25] the topic is that of the join, not an older one that its resume replays', () => {
    const timeline = begun([say(1)])
    timeline.join(joined(3, { resumed: true, topic: 'today' }))
    timeline.apply({ event: 'setTopic', data: { ...ENTRY, seq: 2, id: 'x', topic: 'yesterday' } })
    expect(timeline.topic).toBe('today')
    timeline.apply(say(3))
    timeline.apply({ event: 'setTopic', data: { ...ENTRY, seq: 4, id: 'y', topic: 'tomorrow' } })
    expect(timeline.topic).toBe('tomorrow')
  })
})

describe('with the outbox', () => {
  it("[TL14] this person's message keeps its key from pending to sent", () => {
    const timeline = begun([say(1)])
    const [, pending] = timeline.items([typed('mine', 'hi')])
    expect(pending).toEqual({ kind: 'pending', key: 'mine', id: 'mine', body: 'hi', time: 5 })
    timeline.apply(say(2, { by: 'me', id: 'mine', body: 'hi' }))
    expect(timeline.items([])[1]).toMatchObject({ kind: 'message', key: 'mine', mine: true })
    expect(timeline.items([])[0]).toMatchObject({ key: '#1', mine: false })
  })

  it('[TL15] a refused message shows its code and reason', () => {
    const entry = { ...typed('mine', 'hi'), failed: { code: 'stale', message: 'Too old.' } }
    expect(begun().items([entry])).toEqual([
      { kind: 'failed', key: 'mine', id: 'mine', body: 'hi', time: 5, code: 'stale', reason: 'Too old.' },
    ])
  })

  it("[TL16] this person's edits, deletions and reactions show before they are confirmed", () => {
    const timeline = begun([say(1), say(2), say(3, { reactions: [{ emoji: 'a', by: ['me', 'bo'] }] })])
    const items = timeline.items([
      queued('e', 1, { event: 'editChat', data: { room: 'main', ref: 1, body: 'better' } }),
      queued('d', 2, { event: 'deleteChat', data: { room: 'main', ref: 2 } }),
      queued('r', 3, { event: 'react', data: { room: 'main', ref: 3, emoji: 'b', on: true } }),
      queued('s', 4, { event: 'react', data: { room: 'main', ref: 3, emoji: 'a', on: true } }),
    ])
    expect(items).toMatchObject([
      { message: { body: 'better' }, editing: 'pending', editId: 'e' },
      { message: { body: '', deleted: true }, editing: 'pending', editId: 'd' },
      {
        message: {
          reactions: [
            { emoji: 'a', by: ['me', 'bo'] },
            { emoji: 'b', by: ['me'] },
          ],
        },
      },
    ])
    expect(messages(timeline).map(({ body }) => body)).toEqual(['body 1', 'body 2', 'body 3'])
  })

  it('[TL26] the first reaction to a message shows before it is confirmed', () => {
    const reaction: OutboxFrame = { event: 'react', data: { room: 'main', ref: 1, emoji: 'a', on: true } }
    expect(begun([say(1)]).items([queued('r', 1, reaction)])).toMatchObject([
      { message: { reactions: [{ emoji: 'a', by: ['me'] }] } },
    ])
  })

  it('[TL27] a refused edit leaves the text and shows the refusal', () => {
    const frame: OutboxFrame = { event: 'editChat', data: { room: 'main', ref: 1, body: 'better' } }
    const items = begun([say(1)]).items([queued('e', 1, frame, { code: 'not-found', message: '' })])
    const refused = { event: 'editChat', code: 'not-found', reason: '' }
    expect(items).toMatchObject([{ message: { body: 'body 1' }, editing: 'failed', editId: 'e', refused }])
  })

  it('[TL28] an unsent reply names its message, pending and refused', () => {
    const frame: OutboxFrame = { event: 'updateChat', data: { room: 'main', body: 'hi', replyTo: 1 } }
    const failed = { code: 'stale', message: '' }
    expect(begun([say(1)]).items([queued('a', 1, frame), queued('b', 2, frame, failed)])).toMatchObject([
      {},
      { kind: 'pending', replyTo: 1 },
      { kind: 'failed', replyTo: 1 },
    ])
    expect(begun().items([typed('mine', 'hi')])[0]).not.toHaveProperty('replyTo')
  })

  it('[TL29] a refused deletion shows on its message; a refused reaction does not', () => {
    const failed = { code: 'forbidden', message: '' }
    const deletion: OutboxFrame = { event: 'deleteChat', data: { room: 'main', ref: 1 } }
    const items = begun([say(1)]).items([queued('d', 1, deletion, failed)])
    const refused = { event: 'deleteChat', code: 'forbidden', reason: '' }
    expect(items).toMatchObject([{ message: { body: 'body 1' }, editing: 'failed', editId: 'd', refused }])
    const reaction: OutboxFrame = { event: 'react', data: { room: 'main', ref: 1, emoji: 'a', on: true } }
    const timeline = begun([say(1)])
    expect(timeline.items([queued('r', 1, reaction, failed)])).toEqual(timeline.items([]))
  })

  it("[TL30] removing a reaction affects only this person's own", () => {
    const timeline = begun([say(1), say(2, { reactions: [{ emoji: 'a', by: ['bo', 'me'] }] })])
    const off = (ref: number, emoji: string): OutboxFrame => ({
      event: 'react',
      data: { room: 'main', ref, emoji, on: false },
    })
    const items = timeline.items([queued('x', 1, off(1, 'a')), queued('y', 2, off(2, 'b'))])
    expect(items).toEqual(timeline.items([]))
    expect(timeline.items([queued('z', 3, off(2, 'a'))])[1]).toMatchObject({
      message: { reactions: [{ emoji: 'a', by: ['bo'] }] },
    })
  })

  it('[TL31] a change of a message that is not loaded shows nothing', () => {
    const timeline = begun([say(1)])
    const edit: OutboxFrame = { event: 'editChat', data: { room: 'main', ref: 7, body: 'better' } }
    expect(timeline.items([queued('e', 1, edit)])).toEqual(timeline.items([]))
  })

  it('[TL17] an edit of a message deleted meanwhile shows nothing', () => {
    const frame: OutboxFrame = { event: 'editChat', data: { room: 'main', ref: 1, body: 'better' } }
    const timeline = begun([say(1, { deleted: true, body: '' })])
    expect(timeline.items([queued('e', 1, frame)])).toEqual(timeline.items([]))
  })

  it("[TL18] after a join as another person, that person's messages are their own", () => {
    const timeline = begun([say(1)])
    timeline.join(joined(1, { resumed: true, by: 'ada' }))
    expect(timeline.items([])).toMatchObject([{ mine: true, key: 'id-1' }])
  })
})

/** What may arrive at a client, in any order. */
type Delivery =
  | { kind: 'grow'; actions: RandomAction[] }
  /** An entry of the log near the cursor, live or as a resume replays it. */
  | { kind: 'entry'; offset: number; asReplay: boolean }
  | { kind: 'catchUp' }
  | { kind: 'resume'; upTo: number }
  | { kind: 'restart'; cutOff: boolean }
  | { kind: 'older'; size: number }
  | { kind: 'again'; size: number }

const anyDelivery: fc.Arbitrary<Delivery> = fc.oneof(
  fc.record({
    kind: fc.constant('grow' as const),
    actions: fc.array(anyAction, { minLength: 1, maxLength: 30 }),
  }),
  fc.record({
    kind: fc.constant('entry' as const),
    offset: fc.integer({ min: -3, max: 4 }),
    asReplay: fc.boolean(),
  }),
  fc.constant({ kind: 'catchUp' as const }),
  fc.record({ kind: fc.constant('resume' as const), upTo: fc.nat(30) }),
  fc.record({ kind: fc.constant('restart' as const), cutOff: fc.boolean() }),
  fc.record({ kind: fc.constant('older' as const), size: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('again' as const), size: fc.integer({ min: 1, max: 40 }) }),
)

/** A client and the whole log it must converge to. */
class Convergence {
  readonly log: LogEntry[] = []
  readonly timeline = createTimeline()

  constructor(first: readonly RandomAction[]) {
    this.grow(first)
    this.restart()
  }

  grow(actions: readonly RandomAction[]): void {
    for (const action of actions) this.log.push(entryOf(action, this.log))
  }

  restart(cutOff = false): void {
    this.timeline.join(joined(this.log.length, { topic: this.topic }))
    if (!cutOff) this.timeline.begin(naive(this.log).slice(-LIMITS.historyPage))
  }

  deliver(delivery: Delivery): void {
    const { timeline, log } = this
    const at = timeline.cursor?.seq
    switch (delivery.kind) {
      case 'grow':
        return this.grow(delivery.actions)
      case 'entry': {
        const index = (at ?? log.length) + delivery.offset
        const entry = (delivery.asReplay ? replayed(log) : log)[index]
        if (entry === undefined) return
        const expected =
          at === undefined || delivery.offset > 0 ? 'gap' : delivery.offset < 0 ? 'repeat' : 'applied'
        expect(timeline.apply(entry)).toBe(expected)
        return
      }
      case 'catchUp':
        for (const entry of log.slice(at ?? log.length)) timeline.apply(entry)
        return
      case 'resume': {
        if (at === undefined) return this.restart()
        timeline.join(joined(log.length, { resumed: true, topic: this.topic }))
        for (const entry of replayed(log).slice(at, at + delivery.upTo)) timeline.apply(entry)
        return
      }
      case 'restart':
        return this.restart(delivery.cutOff)
      case 'older':
      case 'again': {
        if (at === undefined) return
        const oldest = timeline.oldest ?? 0
        const before = delivery.kind === 'older' ? oldest : oldest + 20
        const page = naive(log).filter(({ seq }) => seq < before && seq <= log.length)
        timeline.prepend(page.slice(-delivery.size), page.length >= delivery.size)
        return
      }
      default:
        return delivery satisfies never
    }
  }

  finish(): void {
    const { timeline, log } = this
    if (timeline.cursor === undefined) this.restart()
    this.deliver({ kind: 'catchUp' })
    const loaded = messages(timeline)
    const all = naive(log)
    expect(loaded).toEqual(all.slice(all.length - loaded.length))
    expect(timeline.topic).toBe(this.topic)
    expect(timeline.cursor?.seq).toBe(log.length)
    while (timeline.hasOlder) this.deliver({ kind: 'older', size: 50 })
    expect(messages(timeline)).toEqual(all)
  }

  get topic(): string {
    const newest = this.log.findLast((entry) => entry.event === 'setTopic')
    return newest?.event === 'setTopic' ? newest.data.topic : ''
  }
}

it('[TL19] the timeline shows the log after any losses, repeats, resumes, restarts and pages', () => {
  fc.assert(
    fc.property(
      fc.array(anyAction, { maxLength: 120 }),
      fc.array(anyDelivery, { maxLength: 40 }),
      (first, deliveries) => {
        const convergence = new Convergence(first)
        for (const delivery of deliveries) convergence.deliver(delivery)
        convergence.finish()
      },
    ),
    { numRuns: 500 },
  )
}, 30_000)

it('[TL20] a message costs little after 100,000 others, even if the outbox changes rows', () => {
  const timeline = createTimeline()
  timeline.join(joined(100_000))
  timeline.begin(
    Array.from({ length: 100_000 }, (_, index) => ({ ...ENTRY, seq: index + 1, id: `${index}`, body: 'x' })),
  )
  const edit = queued('e', 1, { event: 'editChat', data: { room: 'main', ref: 50_000, body: 'x' } })
  let items: readonly TimelineItem[] = []
  const times: number[] = []
  for (let seq = 100_001; seq <= 100_200; seq += 1) {
    const began = performance.now()
    timeline.apply(say(seq))
    items = timeline.items([edit])
    times.push(performance.now() - began)
  }
  expect(items).toHaveLength(100_200)
  const median = times.toSorted((one, other) => one - other)[100]
  expect(median).toBeLessThan(10)
})

it('[TL21] cached messages show until the room answers, and never mix with its messages', () => {
  const timeline = createTimeline()
  const cached = naive([say(1), say(2, { by: 'me' })])
  timeline.seedFromCache('me', cached)
  expect(messages(timeline)).toEqual(cached)
  expect(timeline.items([]).map((item) => item.kind === 'message' && item.mine)).toEqual([false, true])
  // A cache is no position to resume from.
  expect([timeline.cursor, timeline.shownPosition, timeline.hasOlder]).toEqual([undefined, undefined, false])
  timeline.join(joined(9))
  expect(messages(timeline)).toEqual([])
  timeline.begin(naive([say(9)]))
  timeline.seedFromCache('me', cached)
  expect(messages(timeline).map(({ seq }) => seq)).toEqual([9])
})
