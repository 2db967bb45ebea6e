import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { parseUsername } from '../../../src/protocol/names.ts'
import { skeletonOf } from '../../../src/room/model/confusable-names.ts'
import { TestRoom } from './test-room.ts'

/**
 * The library's confusables.txt, of Unicode 13. Pairs added later (some hundreds, nearly all of newly encoded scripts)
 * count as different letters.
 */
const CONFUSABLES: Record<string, string> = createRequire(import.meta.url)('unhomoglyph/data.json')
const LETTERS = Object.entries(CONFUSABLES)

/**
 * Letters for which the compatibility mapping, the case mapping or the removal of marks contradicts the table. The
 * mapping wins, so these stay distinct.
 */
const SAID_OTHERWISE = new Set('ɁⒸⓇⓅƼꞴϲϹƇᶟſͺţțṃˤﳒﱋöῶᶻᶺᴾˡʳˢꞱꞞ')

describe('the table of confusables', () => {
  it('[NM1] every pair of the table has one skeleton, within a name', () => {
    const apart = LETTERS.filter(([letter, like]) => {
      const [one, other] = [parseUsername(`a${letter}b`), parseUsername(`a${like}b`)]
      return one !== undefined && other !== undefined && skeletonOf(one) !== skeletonOf(other)
    })
    expect(LETTERS.length).toBeGreaterThan(6_300)
    expect(new Set(apart.map(([letter]) => letter))).toEqual(SAID_OTHERWISE)
  })

  it('[NM2] upper and lower case of a letter have the same skeleton', () => {
    const apart = Array.from({ length: 0x1ffff }, (_, point) => String.fromCodePoint(point)).filter(
      (letter) =>
        /[\p{Lu}\p{Ll}]/u.test(letter) &&
        // A subscript iota is a mark in lower case, and a letter in capitals.
        !letter.normalize('NFD').includes('\u0345') &&
        [letter.toLowerCase(), letter.toUpperCase()].some(
          (other) => skeletonOf(other) !== skeletonOf(letter),
        ),
    )
    expect(apart).toEqual([])
  })
})

it.each([
  ['a capital I for a small L', 'Paul', 'PauI'],
  ['a digit', 'Paul', 'Pau1'],
  ['a zero', 'Olaf', '0laf'],
  ['two letters for one', 'modern', 'modem'],
  ['a Cyrillic capital of which only the capital looks so', 'Ben', '\u0412en'],
  ['a Greek capital whose small letter looks like another', 'Hannah', '\u0397annah'],
  ['Cyrillic in either case', '\u0412\u0435\u0440\u0430', '\u0432\u0435\u0440\u0430'],
  ['a sharp s in capitals', 'Strauß', 'STRAUSS'],
  ['a capital sharp s', 'Strauß', 'STRAUẞ'],
  ['a dotted capital I', 'İris', 'iris'],
  ['a dotless i', 'ıris', 'iris'],
  ['a long s', 'Hanſ', 'Hans'],
  ['the Kelvin sign', '\u212aate', 'Kate'],
  ['the Angstrom sign', '\u212bsa', 'Åsa'],
  ['a sigma at the end', 'ΟΔΟΣ', 'οδος'],
  ['wide letters', '\uff21nn', 'Ann'],
  ['letters of mathematics', '\u{1d400}\u{1d427}\u{1d427}', 'Ann'],
  ['a ligature', 'ﬁnn', 'finn'],
  ['an apostrophe', 'O’Neil', 'ONeil'],
  ['another space', 'Ann\u2003Lee', 'Ann Lee'],
  ['a space of its own', 'Ann\u3000Lee', 'AnnLee'],
])('[NM3] a name with %s is the same name', (_how, one, other) => {
  const names = [one, other].map(parseUsername)
  expect(names).not.toContain(undefined)
  expect(skeletonOf(names[0] ?? '')).toBe(skeletonOf(names[1] ?? ''))
})

it.each([
  ['Nina', 'Hina'],
  ['Ann', 'Anna'],
  ['Eva', 'Ewa'],
  ['vvilma', 'wilma'],
  ['Νίκη', 'Ηίκη'],
  ['Вера', 'Лера'],
  ['美', '羊'],
  ['👩', '👨'],
])('[NM4] %s and %s are different names', (one, other) => {
  expect([parseUsername(one), parseUsername(other)]).toEqual([one, other])
  expect(skeletonOf(one)).not.toBe(skeletonOf(other))
})

describe('a name may not contain', () => {
  const within = (from: number, to = from): number[] =>
    Array.from({ length: to - from + 1 }, (_, n) => from + n)
  it.each<[string, number[]]>([
    ['control characters', [...within(0, 31), ...within(0x7f, 0x9f)]],
    ['bidi controls', [0x61c, 0x200e, 0x200f, ...within(0x202a, 0x202e), ...within(0x2066, 0x2069)]],
    // So names cannot have Persian and Indic joiners, or composed emoji.
    ['zero-width characters and joiners', [0xad, 0x180e, ...within(0x200b, 0x200d), 0x2060, 0xfeff]],
    [
      'variation selectors',
      [...within(0x180b, 0x180d), ...within(0xfe00, 0xfe0f), ...within(0xe0100, 0xe01ef)],
    ],
    ['tags', within(0xe0000, 0xe007f)],
    ['fillers', [0x115f, 0x1160, 0x3164, 0xffa0, 0x17b4, 0x17b5, 0x34f, 0x2800, 0x1d159, 0x13441, 0x13442]],
    ['line and paragraph separators', [0x2028, 0x2029]],
    ['private-use characters', [...within(0xe000, 0xf8ff), 0xf0000, 0x10fffd]],
    ['noncharacters and unassigned characters', [0xfdd0, 0xfffe, 0xffff, 0x10ffff, 0x378]],
    ['lone surrogates', within(0xd800, 0xdfff)],
    ['replacement characters', [0xfff9, 0xfffa, 0xfffb, 0xfffc, 0xfffd]],
  ])('[NM5] %s', (_name, points) => {
    const allowed = points.filter((point) => {
      const character = String.fromCodePoint(point)
      return parseUsername(`a${character}b`) !== undefined
    })
    expect(allowed).toEqual([])
  })

  it('[NM6] piled marks, except as many as languages write', () => {
    const pile = (count: number): string | undefined => parseUsername(`a${'\u0316'.repeat(count)}b`)
    expect([pile(4), pile(5), pile(20)]).toEqual([`a${'\u0316'.repeat(4)}b`, undefined, undefined])
    expect([parseUsername('\u0316a'), parseUsername(' \u20dd')]).toEqual([undefined, undefined])
    const written = ['Nguyễn', 'עִבְרִית', 'مُحَمَّد', 'नरेन्द्र', 'ทัศนีย์', 'བོད་སྐད', 'Ẓ̌a', '이서연', 'Zoë']
    expect(written.map(parseUsername)).toEqual(written.map((name) => name.normalize('NFC')))
  })

  it('[NM7] more than the maximum length, measured in its normal form', () => {
    // Each of these has three units in its normal form.
    const grows = '\u{1d160}'
    expect([parseUsername(grows.repeat(5))?.length, parseUsername(grows.repeat(6))]).toEqual([30, undefined])
    expect(parseUsername('e\u0301'.repeat(LIMITS.usernameLength))).toBe('é'.repeat(LIMITS.usernameLength))
    expect(parseUsername(`${'👩'.repeat(16)}`)).toBe('👩'.repeat(16))
    expect(parseUsername(`${'👩'.repeat(16)}x`)).toBeUndefined()
    expect([parseUsername(''), parseUsername(' \u3000 ')]).toEqual([undefined, undefined])
  })
})

const unit = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(...Object.keys(CONFUSABLES)),
  fc.constantFrom(' ', '\u00a0', '\u3000', '\u0301', 'ß', 'İ', 'ſ', '\u212a', 'Σ', 'I', 'l', '1', 'rn', 'm'),
)
const typed = fc.array(unit, { maxLength: 12 }).map((units) => units.join(''))

describe('any text', () => {
  it('[NM8] a stored name is accepted again, unchanged', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const name = parseUsername(text)
        if (name === undefined) return
        expect(parseUsername(name)).toBe(name)
        expect(parseUsername(`  ${name}\u3000`)).toBe(name)
        expect(name.length).toBeLessThanOrEqual(LIMITS.usernameLength)
        expect(name.isWellFormed()).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })

  it('[NM9] a skeleton is its own skeleton, and neither spaces nor Latin confusables change it', () => {
    const latin = LETTERS.filter(([letter, like]) => /^[a-z]+$/.test(like) && !SAID_OTHERWISE.has(letter))
    const plain = fc.array(fc.constantFrom(...latin), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(plain, fc.nat(12), (pairs, at) => {
        const honest = pairs.map(([, like]) => like).join('')
        const key = skeletonOf(honest)
        expect(skeletonOf(key)).toBe(key)
        const lying = pairs.map(([letter, like], n) => (n === at ? letter : like))
        if (/\p{Ll}/u.test(lying[at] ?? 'a')) expect(skeletonOf(lying.join(' '))).toBe(key)
        expect(skeletonOf(honest.toUpperCase())).toBe(key)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('in a room', () => {
  const message = (told: { the(to: never, event: string): unknown }, to: object): unknown =>
    told.the(to as never, 'error')

  it.each([
    'admin',
    'ADMIN',
    '\u0430dmin',
    'Ad min',
    'ádmin',
    'everyone',
    'Here',
    'M0derator',
    'system',
    'Hallway',
    'deleted',
  ])('[NM10] %j is refused, for a join and for a rename', (username) => {
    const room = new TestRoom()
    const refusal = expect.objectContaining({
      code: 'name-invalid',
      message: expect.stringContaining('(reserved)'),
    })
    const mal = room.open('mal')
    expect(message(room.join(mal, { username }), mal)).toEqual(refusal)
    expect(room.join(mal).events(mal)).toContain('joined')
    expect(message(room.send(mal, 'userRename', { username }), mal)).toEqual(refusal)
  })

  it('[NM11] people who already have such a name keep it', () => {
    const room = new TestRoom()
    const person = {
      by: 'old',
      session: 's-old',
      username: 'Admin',
      nameKey: skeletonOf('Admin'),
      role: 'member',
      seen: 0,
    } as const
    room.enter('ann')
    room.store.savePerson(person)
    const old = room.open('old')
    expect(room.join(old, { username: 'Admin' }).events(old)).toContain('joined')
    expect(room.send(old, 'userRename', { username: 'Admin' }).events(old)).not.toContain('error')
  })

  it('[NM12] a confusable name is taken, whichever of the two was first', () => {
    for (const pair of [
      ['Paul', 'PauI'],
      ['Ben', '\u0412en'],
      ['Strauß', 'STRAUSS'],
    ]) {
      for (const [first = '', then = ''] of [pair, pair.toReversed()]) {
        const room = new TestRoom()
        room.join(room.open('one'), { username: first })
        const two = room.open('two')
        expect(message(room.join(two, { username: then }), two)).toMatchObject({ code: 'name-taken' })
      }
    }
  })
})
