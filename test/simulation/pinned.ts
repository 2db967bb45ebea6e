import type { History, Setup } from './draw-history.ts'

const person = { storage: { latency: 0, locks: true }, skew: 0 } as const
const calm: Omit<Setup, 'persons'> = {
  latency: [1, 4],
  loss: 0,
  rate: { burst: 30, perSecond: 10 },
  sleepy: true,
  isOwned: false,
  past: 0,
}

/**
 * Shrunk histories that once broke a rule, each with the fault it found. They are data, so that they stay the same when
 * the drawing of actions changes.
 */
export const PINNED: readonly { found: string; history: History }[] = [
  {
    found: 'its author saw half a surrogate pair differently from everyone else',
    history: {
      seed: 15,
      setup: {
        ...calm,
        persons: [
          { ...person, tabs: [{ watch: false }] },
          { storage: { latency: 4, locks: false }, skew: 0, tabs: [{ watch: false }, { watch: false }] },
        ],
        latency: [2, 40],
        sleepy: false,
        isOwned: true,
      },
      actions: [
        { do: 'say', tab: 1, one: 0.29, other: 0.099, pause: 52 },
        { do: 'typing', tab: 0, one: 0.079, other: 0.308, pause: 86 },
        { do: 'topic', tab: 0, one: 0.106, other: 0.45, pause: 33 },
      ],
    },
  },
  {
    found: 'a watching tab showed its own message under the person’s former name',
    history: {
      seed: 301,
      setup: {
        ...calm,
        persons: [{ ...person, skew: 1_806_437, tabs: [{ watch: false }, { watch: true }] }],
      },
      actions: [
        { do: 'rename', tab: 1, one: 0.338, other: 0.288, pause: 986 },
        { do: 'say', tab: 1, one: 0.8, other: 0.79, pause: 3_297 },
      ],
    },
  },
  {
    found: 'so did a tab that missed the frame of the rename',
    history: {
      seed: 1,
      setup: { ...calm, persons: [{ ...person, tabs: [{ watch: false }, { watch: false }] }] },
      actions: [
        { do: 'lose', tab: 0, one: 0.5, other: 0, pause: 10 },
        { do: 'rename', tab: 1, one: 0.338, other: 0, pause: 3_000 },
        { do: 'say', tab: 0, one: 0, other: 0, pause: 1_000 },
      ],
    },
  },
  {
    found: 'a watcher received texts that were deleted meanwhile',
    history: {
      seed: 236,
      setup: {
        ...calm,
        persons: [
          { storage: { latency: 300, locks: true }, skew: 0, tabs: [{ watch: false }, { watch: true }] },
          { storage: { latency: 4, locks: false }, skew: 0, tabs: [{ watch: false }, { watch: false }] },
        ],
        latency: [20, 150],
      },
      actions: [
        { do: 'reload', tab: 3, one: 0.351, other: 0.822, pause: 14 },
        { do: 'say', tab: 1, one: 0.75, other: 0.902, pause: 22 },
        { do: 'reload', tab: 3, one: 0.682, other: 0.839, pause: 810 },
        { do: 'remove', tab: 0, one: 0.324, other: 0.926, pause: 27 },
      ],
    },
  },
  {
    found:
      'no fault: after an erasure, a watching tab comes before the person has joined again, and is refused',
    history: {
      seed: 5,
      setup: {
        ...calm,
        persons: [
          { storage: { latency: 300, locks: true }, skew: 0, tabs: [{ watch: false }, { watch: false }] },
          { ...person, tabs: [{ watch: false }, { watch: false }] },
          { ...person, tabs: [{ watch: false }, { watch: false }] },
          { storage: { latency: 300, locks: true }, skew: 0, tabs: [{ watch: false }, { watch: true }] },
        ],
        past: 17,
      },
      actions: [
        { do: 'rename', tab: 4, one: 0.356, other: 0.655, pause: 81 },
        { do: 'reply', tab: 3, one: 0.665, other: 0.996, pause: 975955984 },
        { do: 'erase', tab: 7, one: 0.121, other: 0.129, pause: 5 },
        { do: 'rename', tab: 6, one: 0.236, other: 0.586, pause: 15 },
        { do: 'silence', tab: 3, one: 0.354, other: 0.813, pause: 33968 },
        { do: 'deploy', tab: 7, one: 0.004, other: 0.587, pause: 52 },
      ],
    },
  },
  {
    found: 'a rename reached nobody when the person came back while the room found the dead socket',
    history: {
      seed: 1206,
      setup: {
        persons: [
          { storage: { latency: 4, locks: false }, skew: 0, tabs: [{ watch: false }] },
          { storage: { latency: 0, locks: true }, skew: -78558133, tabs: [{ watch: false }] },
          { storage: { latency: 4, locks: false }, skew: -7469237, tabs: [{ watch: false }] },
        ],
        latency: [2, 40],
        loss: 0,
        rate: { burst: 30, perSecond: 10 },
        sleepy: false,
        isOwned: true,
        past: 53,
      },
      actions: [
        { do: 'cut', tab: 1, one: 0.579, other: 0.035, pause: 348 },
        { do: 'cut', tab: 2, one: 0.303, other: 0.639, pause: 27570 },
        { do: 'reply', tab: 2, one: 0.79, other: 0.662, pause: 32 },
        { do: 'lose', tab: 2, one: 0.079, other: 0.254, pause: 10 },
        { do: 'silence', tab: 1, one: 0.44, other: 0.614, pause: 15 },
        { do: 'topic', tab: 0, one: 0.15, other: 0.222, pause: 12 },
        { do: 'say', tab: 0, one: 0.11, other: 0.08, pause: 21 },
        { do: 'hideClose', tab: 1, one: 0.338, other: 0.049, pause: 526 },
        { do: 'fail', tab: 2, one: 0.972, other: 0.61, pause: 725 },
        { do: 'react', tab: 1, one: 0.867, other: 0.919, pause: 2 },
        { do: 'edit', tab: 2, one: 0.696, other: 0.807, pause: 104 },
        { do: 'evict', tab: 0, one: 0.969, other: 0.546, pause: 98 },
        { do: 'rename', tab: 1, one: 0.713, other: 0.052, pause: 46 },
        { do: 'rename', tab: 2, one: 0.79, other: 0.069, pause: 13 },
      ],
    },
  },
  {
    found: 'a turn that failed while it read what to publish was already stored',
    history: {
      seed: 402878,
      setup: {
        persons: [
          { storage: { latency: 4, locks: false }, skew: 0, tabs: [{ watch: false }, { watch: true }] },
          { storage: { latency: 4, locks: false }, skew: -23835446, tabs: [{ watch: false }] },
        ],
        latency: [20, 150],
        loss: 0,
        rate: { burst: 30, perSecond: 10 },
        sleepy: true,
        isOwned: false,
        past: 0,
      },
      actions: [
        { do: 'say', tab: 0, one: 0.161, other: 0.451, pause: 55 },
        { do: 'evict', tab: 2, one: 0.552, other: 0.11, pause: 253 },
        { do: 'fail', tab: 1, one: 0.346, other: 0.159, pause: 52 },
        { do: 'remove', tab: 1, one: 0.598, other: 0.037, pause: 34 },
        { do: 'say', tab: 1, one: 0.426, other: 0.359, pause: 504 },
      ],
    },
  },
  {
    found: 'the roster waited for hours after the clock was set back',
    history: {
      seed: 12,
      setup: {
        ...calm,
        persons: [
          { storage: { latency: 4, locks: false }, skew: 0, tabs: [{ watch: false }, { watch: false }] },
        ],
        loss: 0.05,
        rate: { burst: 5, perSecond: 3 },
      },
      actions: [
        { do: 'setBack', tab: 0, one: 0.637, other: 0.312, pause: 80 },
        { do: 'rename', tab: 0, one: 0.88, other: 0.825, pause: 1_059 },
      ],
    },
  },
  {
    found: 'so did what watchers were to be sent',
    history: {
      seed: 21,
      setup: {
        ...calm,
        persons: [
          { ...person, tabs: [{ watch: false }, { watch: true }] },
          { ...person, skew: -64_211_546, tabs: [{ watch: false }] },
        ],
        sleepy: false,
        isOwned: true,
      },
      actions: [
        { do: 'say', tab: 1, one: 0.972, other: 0.148, pause: 17_447 },
        { do: 'react', tab: 1, one: 0.053, other: 0.405, pause: 25 },
        { do: 'say', tab: 2, one: 0.673, other: 0.71, pause: 41 },
        { do: 'setBack', tab: 0, one: 0.414, other: 0.493, pause: 13 },
      ],
    },
  },
  {
    found: 'an older page that came after its jump was left was shown with the newest one',
    history: {
      seed: 167,
      setup: { ...calm, persons: [{ ...person, tabs: [{ watch: false }] }], isOwned: true, past: 219 },
      actions: [
        { do: 'delay', tab: 0, one: 0.802, other: 0.271, pause: 57 },
        { do: 'around', tab: 0, one: 0.495, other: 0.377, pause: 622 },
        { do: 'leave', tab: 0, one: 0.253, other: 0.557, pause: 16_729 },
      ],
    },
  },
  {
    found: 'what the storage refused to remove stayed in the outbox for ever',
    history: {
      seed: 170,
      setup: {
        ...calm,
        persons: [
          { ...person, tabs: [{ watch: false }] },
          {
            storage: { latency: 4, locks: false },
            skew: 77_915_917,
            tabs: [{ watch: false }, { watch: false }],
          },
        ],
        latency: [2, 40],
        past: 316,
      },
      actions: [
        { do: 'sayAll', tab: 0, one: 0.892, other: 0.623, pause: 663 },
        { do: 'say', tab: 0, one: 0.216, other: 0.832, pause: 29 },
        { do: 'refuseStorage', tab: 0, one: 0.47, other: 0.456, pause: 28 },
      ],
    },
  },
]
