import type { Cast, History } from './history.ts'

const person = { keeping: { latency: 0, locks: true }, skew: 0 } as const
const calm: Omit<Cast, 'persons'> = {
  latency: [1, 4],
  loss: 0,
  rate: { burst: 30, perSecond: 10 },
  sleepy: true,
  isOwned: false,
  past: 0,
}

/**
 * Histories in which something was once found to be broken, cut down to what it took, and what that was. They stand
 * here as data, so that they stay the same whatever becomes of the drawing of deeds.
 */
export const PINNED: readonly { found: string; history: History }[] = [
  {
    found: 'half a character stood otherwise with who typed it than with everyone else',
    history: {
      seed: 15,
      cast: {
        ...calm,
        persons: [
          { ...person, tabs: [{ watch: false }] },
          { keeping: { latency: 4, locks: false }, skew: 0, tabs: [{ watch: false }, { watch: false }] },
        ],
        latency: [2, 40],
        sleepy: false,
        isOwned: true,
      },
      deeds: [
        { do: 'say', tab: 1, one: 0.29, other: 0.099, pause: 52 },
        { do: 'typing', tab: 0, one: 0.079, other: 0.308, pause: 86 },
        { do: 'topic', tab: 0, one: 0.106, other: 0.45, pause: 33 },
      ],
    },
  },
  {
    found: 'a tab that only watches put its message under the name its person had before',
    history: {
      seed: 301,
      cast: { ...calm, persons: [{ ...person, skew: 1_806_437, tabs: [{ watch: false }, { watch: true }] }] },
      deeds: [
        { do: 'rename', tab: 1, one: 0.338, other: 0.288, pause: 986 },
        { do: 'say', tab: 1, one: 0.8, other: 0.79, pause: 3_297 },
      ],
    },
  },
  {
    found: 'so did any tab for which the news of the name was lost',
    history: {
      seed: 1,
      cast: { ...calm, persons: [{ ...person, tabs: [{ watch: false }, { watch: false }] }] },
      deeds: [
        { do: 'lose', tab: 0, one: 0.5, other: 0, pause: 10 },
        { do: 'rename', tab: 1, one: 0.338, other: 0, pause: 3_000 },
        { do: 'say', tab: 0, one: 0, other: 0, pause: 1_000 },
      ],
    },
  },
  {
    found: 'who only watches was told texts that were deleted since',
    history: {
      seed: 236,
      cast: {
        ...calm,
        persons: [
          { keeping: { latency: 300, locks: true }, skew: 0, tabs: [{ watch: false }, { watch: true }] },
          { keeping: { latency: 4, locks: false }, skew: 0, tabs: [{ watch: false }, { watch: false }] },
        ],
        latency: [20, 150],
      },
      deeds: [
        { do: 'reload', tab: 3, one: 0.351, other: 0.822, pause: 14 },
        { do: 'say', tab: 1, one: 0.75, other: 0.902, pause: 22 },
        { do: 'reload', tab: 3, one: 0.682, other: 0.839, pause: 810 },
        { do: 'remove', tab: 0, one: 0.324, other: 0.926, pause: 27 },
      ],
    },
  },
  {
    found:
      'nothing: after the room was erased a watcher came before the person was known again, and is refused',
    history: {
      seed: 5,
      cast: {
        ...calm,
        persons: [
          { keeping: { latency: 300, locks: true }, skew: 0, tabs: [{ watch: false }, { watch: false }] },
          { ...person, tabs: [{ watch: false }, { watch: false }] },
          { ...person, tabs: [{ watch: false }, { watch: false }] },
          { keeping: { latency: 300, locks: true }, skew: 0, tabs: [{ watch: false }, { watch: true }] },
        ],
        past: 17,
      },
      deeds: [
        { do: 'rename', tab: 4, one: 0.356, other: 0.655, pause: 81 },
        { do: 'answer', tab: 3, one: 0.665, other: 0.996, pause: 975955984 },
        { do: 'erase', tab: 7, one: 0.121, other: 0.129, pause: 5 },
        { do: 'rename', tab: 6, one: 0.236, other: 0.586, pause: 15 },
        { do: 'deafen', tab: 3, one: 0.354, other: 0.813, pause: 33968 },
        { do: 'deploy', tab: 7, one: 0.004, other: 0.587, pause: 52 },
      ],
    },
  },
]
