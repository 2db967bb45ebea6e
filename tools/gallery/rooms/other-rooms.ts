import type { KnownRoom } from '../studio.ts'

/** The other rooms that Ann has been in, the latest first. */
export const KNOWN_ELSEWHERE: readonly KnownRoom[] = [
  { room: 'book-club', username: 'Ann' },
  { room: 'a'.repeat(26), username: 'Ann', companion: 'Ben' },
  { room: 'allotment-12', username: 'Ann' },
  { room: 'choir-on-thursdays-in-the-old-school', username: 'Ann' },
  { room: 'd'.repeat(26), username: 'Ann', companion: 'Wilhelmina of the Seven Orchards' },
  { room: 'night-bus', username: 'Ann' },
]

const unread = (count: number, more: Record<string, boolean> = {}) => ({ count, upTo: 900, ...more })
const EVERY_DAY = {
  'book-club': { unread: unread(3), waiting: [] },
  'allotment-12': { unread: unread(12, { called: true }), waiting: [] },
}

/** News of the other rooms: of an ordinary day, and of a very busy one. */
export const NEWS = {
  everyDay: EVERY_DAY,
  much: {
    ...EVERY_DAY,
    'book-club': {
      unread: unread(3),
      waiting: [{ home: 'book-club', room: 'e'.repeat(26), from: 'Cleo' }],
    },
    'night-bus': {
      unread: unread(120, { more: true }),
      waiting: [{ home: 'night-bus', room: 'f'.repeat(26), from: 'Wilhelmina of the Seven Orchards' }],
    },
    ['a'.repeat(26)]: { unread: unread(1), waiting: [] },
    'choir-on-thursdays-in-the-old-school': {
      unread: unread(50, { more: true, called: true }),
      waiting: [],
    },
  },
}
