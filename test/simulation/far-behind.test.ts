import { expect, it } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'
import { checkRest, comeToRest } from './calm.ts'
import type { Cast, History } from './history.ts'
import { Story } from './story.ts'

const person = { keeping: { latency: 0, locks: true }, skew: 0, tabs: [{ watch: false }] } as const
const cast: Cast = {
  persons: [person, person],
  latency: [5, 20],
  loss: 0,
  rate: { burst: LIMITS.rateBurst, perSecond: LIMITS.ratePerSecond },
  sleepy: true,
  isOwned: false,
  past: 60,
}

const nearly4MiB = Math.floor(LIMITS.resumeBytes / LIMITS.bodyLength) - 100

const FAR: [string, number, number, 'resumes' | 'resets'][] = [
  ['as many changes as a resume holds', LIMITS.resumeChanges, 10, 'resumes'],
  ['one change more than a resume holds', LIMITS.resumeChanges + 1, 10, 'resets'],
  ['nearly 4 MiB', nearly4MiB, LIMITS.bodyLength, 'resumes'],
  ['more than 4 MiB', nearly4MiB + 600, LIMITS.bodyLength, 'resets'],
]

// Changes are made while nobody is looking: a room that is awake would have told of each.
it.each(FAR)(
  '[SIM4] someone who missed %s has it, or starts afresh, and what they wrote meanwhile is sent',
  async (_, changes, length, how) => {
    const history: History = { seed: 1, cast, deeds: [] }
    const story = new Story(history)
    const [, ben] = story.tabs
    if (ben === undefined) throw new Error('The cast has two tabs')
    for (const tab of story.tabs) tab.open()
    await story.world.clock.advance(10_000)
    for (const { session } of story.tabs) session?.setOnline(false)
    const write = async (text: string): Promise<void> => {
      const stored = ben.session?.send(text)
      const typed = ben.person.diary.note(ben.newestId, ben.place, 'updateChat')
      story.world.clock.stirred = true
      await story.world.clock.advance(1_000)
      await stored
      typed.isStored = true
    }
    await write('before')
    story.world.clock.leap(30 * 24 * 60 * 60 * 1_000)
    story.append(changes, () => story.newText().padEnd(length, 'x').slice(0, length))
    await write('after')
    const before = { ...story.counts }
    await comeToRest(story)
    await checkRest(story)
    expect(story.counts[how] - before[how]).toBeGreaterThan(0)
    const mine = story.ledger.log.flatMap(({ event, data }) =>
      event === 'updateChat' && data.by === 'p2' ? [data.body] : [],
    )
    expect(mine).toEqual(['before', 'after'])
  },
)
