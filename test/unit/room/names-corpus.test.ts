import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { DICTIONARIES } from '../../../client/i18n/dictionaries.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { parseUsername } from '../../../src/protocol/username.ts'
import { areConfusable, lookOf, nameKeysOf } from '../../../src/room/model/confusable-names.ts'
import { isReserved } from '../../../src/room/model/reserved-names.ts'
import { prototypeOf, skeletonOf } from '../../../src/room/model/skeleton.ts'
import { inVisualOrder } from '../../../src/room/model/visual-order.ts'
import { readConfusables, tableModule } from '../../../tools/confusables/confusables.ts'
import { TestRoom } from './test-room.ts'

const project = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

/** All of Unicode's table: each character with what it looks like. */
const CONFUSABLES = readConfusables(project('tools/confusables/confusables.txt'))
const ROWS = [...CONFUSABLES]

/** Whether a name is found by the keys of another one. */
function finds(one: string, other: string): boolean {
  const asked = nameKeysOf(one)
  const stored = nameKeysOf(other)
  const { nameKey, shownKey = nameKey } = asked
  return [nameKey, shownKey].includes(stored.nameKey) || stored.shownKey === shownKey
}

const everyCharacter = () =>
  Array.from({ length: 0x1ffff }, (_, point) => String.fromCodePoint(point)).filter((one) =>
    one.isWellFormed(),
  )

describe('the table of confusable characters', () => {
  it('[NM13] is all of Unicode 17’s, as the tool writes it', () => {
    const text = project('tools/confusables/confusables.txt')
    expect(text).toContain('# Version: 17.0.0\n')
    expect(ROWS.length).toBe(6_565)
    expect(project('src/room/model/confusables-table.ts')).toBe(tableModule(text))
    expect(ROWS.filter(([letter, look]) => prototypeOf(letter) !== look)).toEqual([])
  })

  it('[NM14] gives both sides of each row the same skeleton, unless one of them is a letter and its mark in one', () => {
    const isWhole = (text: string) => text.normalize('NFD') === text
    const apart = ROWS.filter(([letter, look]) => skeletonOf(letter) !== skeletonOf(look))
    expect(apart.filter((row) => row.every(isWhole))).toEqual([])
    expect(apart.length).toBe(35)
  })

  it('[NM1] makes names confusable by every row, within a word and alone', () => {
    // What mixes Arabic and Latin letters is drawn in another order than the table writes it in.
    const inOrder = ROWS.filter(([, look]) => !(/[a-z]/i.test(look) && /\p{sc=Arab}/u.test(look)))
    const apart = inOrder.filter(
      ([letter, look]) =>
        !areConfusable(letter, look) ||
        !areConfusable(`x${letter}x`, `x${look}x`) ||
        !finds(`x${letter}x`, `x${look}x`),
    )
    expect(apart).toEqual([])
    expect(inOrder.length).toBeGreaterThan(6_400)
  })

  it('[NM2] counts for capitals as for small letters: no letter is another name in the other case', () => {
    const apart = everyCharacter().filter(
      (letter) =>
        /[\p{Lu}\p{Ll}]/u.test(letter) &&
        // A subscript iota is a mark in lower case, and a letter in capitals.
        !letter.normalize('NFD').includes('\u0345') &&
        [letter.toLowerCase(), letter.toUpperCase()].some(
          (other) => !areConfusable(other, letter) || !finds(other, letter) || !finds(letter, other),
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
  ['the lunate sigma', 'Ali\u03f2e', 'Alice'],
  ['Greek capitals alone', '\u0397\u0391\u039d\u039d\u0391\u0397', 'HANNAH'],
  ['Greek in either case', 'ΝΊΚΗ', 'νίκη'],
  ['Cyrillic letters alone', 'Сосо', 'Coco'],
  ['a Greek beta for a sharp s', 'Strau\u03b2', 'Strauß'],
  ['a joiner within a word', 'علی\u200cرضا', 'علیرضا'],
  ['joiners within an emoji', '👩\u200d💻 Kim', '👩💻 Kim'],
  ['an emoji in its other form', 'Ann ❤\ufe0f', 'Ann ❤'],
  ['Arabic letters, which are drawn backwards', 'Car\u0647\u0627', 'Carlo'],
  ['Arabic letters in front, which are drawn behind', '\u0627\u0647Car', 'Carol'],
  ['Hebrew letters around a digit', 'Pau\u05d01\u05d0', 'Pau\u05d01\u05d0'],
])('[NM3] a name with %s is the same name', (_how, one, other) => {
  const names = [one, other].map(parseUsername)
  expect(names).not.toContain(undefined)
  expect(areConfusable(names[0] ?? '', names[1] ?? '')).toBe(true)
  expect([finds(one, other), finds(other, one)]).toEqual([true, true])
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
  ['Elia', 'Ella'],
  ['Alia', 'Alla'],
  ['Car\u0627\u0647', 'Carlo'],
])('[NM4] %s and %s are different names', (one, other) => {
  expect([parseUsername(one), parseUsername(other)]).toEqual([one, other])
  expect(areConfusable(one, other)).toBe(false)
})

describe('a name may not contain', () => {
  const within = (from: number, to = from): number[] =>
    Array.from({ length: to - from + 1 }, (_, n) => from + n)
  it.each<[string, number[]]>([
    ['control characters', [...within(0, 31), ...within(0x7f, 0x9f)]],
    ['bidi controls', [0x61c, 0x200e, 0x200f, ...within(0x202a, 0x202e), ...within(0x2066, 0x2069)]],
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

describe('invisible characters in a name', () => {
  it.each([
    ['a joiner between pictures', '👩\u200d💻'],
    ['a joiner behind a skin tone', '🧑🏽\u200d🚀'],
    ['a joiner behind a variant', '🏳\ufe0f\u200d🌈'],
    ['a variant of a picture', '❤\ufe0f'],
    ['a variant of a key', '1\ufe0f\u20e3'],
    ['a non-joiner between Persian letters', 'علی\u200cرضا'],
    ['a joiner behind the last Malayalam virama', 'രാജന്\u200d'],
    ['a joiner between Sinhala letters', 'ශ්\u200dරී'],
    ['a joiner before a Bengali virama', 'র\u200d্যাচেল'],
    ['a variant of a Mongolian letter', '\u182d\u180b'],
    ['a variant of a Chinese character', '邉\u{e0100}'],
  ])('[NM19] is allowed where it is needed: %s', (_, name) => expect(parseUsername(name)).toBe(name))

  it.each([
    ['a joiner between Latin letters', 'A\u200dnn'],
    ['a joiner behind a Latin letter', 'Ann\u200d'],
    ['a joiner before a Persian letter', '\u200cعلی'],
    ['two joiners', 'علی\u200c\u200cرضا'],
    ['a joiner between a letter and a picture', 'a\u200d👩'],
    ['a joiner between a picture and a letter', '👩\u200da'],
    ['a joiner behind the last picture', '👩\u200d'],
    ['a variant of a Latin letter', 'Ann\ufe0f'],
    ['a variant of a digit alone', '1\ufe0f'],
    ['two variants', '❤\ufe0f\ufe0f'],
    ['a Mongolian variant of a Latin letter', 'A\u180b'],
    ['a Chinese variant of a Latin letter', 'A\u{e0100}'],
    ['nothing else', '\u200d'],
    ['joiners that pile up marks', `\u0915${'\u093f\u200d'.repeat(5)}\u0915`],
  ])('[NM20] is refused where it is not: %s', (_, name) => expect(parseUsername(name)).toBeUndefined())

  it('[NM21] is left out behind a Persian or Kurdish word, where some keyboards leave one', () => {
    expect(parseUsername('ئاواره\u200c')).toBe('ئاواره')
  })
})

it('[NM22] a name that is too long to be one is not even composed', () => {
  const long = `a${'\u0301\u0316'.repeat(8_000)}`
  const room = new TestRoom()
  const ann = room.enter('ann')
  const late = room.open('late')
  const composed = vi.spyOn(String.prototype, 'normalize')
  const answers = [
    room.join(late, { username: long }).the(late, 'error'),
    room.send(ann, 'userRename', { username: long }).the(ann, 'error'),
    room.send(ann, 'newRoom', { username2: long }).the(ann, 'error'),
  ]
  expect(parseUsername(long)).toBeUndefined()
  const lengths = composed.mock.contexts.map((text) => String(text).length)
  composed.mockRestore()
  expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(LIMITS.usernameSentLength)
  expect(answers).toMatchObject([{ code: 'name-invalid' }, { code: 'name-invalid' }, { code: 'not-found' }])
})

it('[NM23] a name of ligatures is compared by its first letters: its key is as short as that of other names', () => {
  for (const name of ['ﷺ'.repeat(32), '㍿'.repeat(32), '𝄞'.repeat(16)]) {
    const { nameKey, shownKey = '' } = nameKeysOf(name)
    expect(Math.max(nameKey.length, shownKey.length)).toBeLessThanOrEqual(8 * LIMITS.usernameLength)
  }
})

const unit = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(...CONFUSABLES.keys()),
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

  it('[NM9] neither spaces, capitals nor a look-alike of Latin small letters make another name', () => {
    const latin = ROWS.filter(
      ([letter, like]) => /^[a-z]+$/.test(like) && inVisualOrder(`${letter}x`) === `${letter}x`,
    )
    const plain = fc.array(fc.constantFrom(...latin), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(plain, fc.nat(12), (pairs, at) => {
        const honest = pairs.map(([, like]) => like).join('')
        const lying = pairs.map(([letter, like], n) => (n === at ? letter : like))
        expect(lookOf(lookOf(honest))).toBe(lookOf(honest))
        for (const other of [lying.join(''), lying.join(' '), honest.toUpperCase()]) {
          expect([areConfusable(honest, other), finds(honest, other), finds(other, honest)]).toEqual([
            true,
            true,
            true,
          ])
        }
      }),
      { numRuns: 3_000 },
    )
  })

  it('[NM15] what is confusable is found by its keys', () => {
    fc.assert(
      fc.property(typed, typed, (one, other) => {
        if (areConfusable(one, other)) expect([finds(one, other), finds(other, one)]).toEqual([true, true])
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('in a room', () => {
  const message = (told: { the(to: never, event: string): unknown }, to: object): unknown =>
    told.the(to as never, 'error')

  it('[NM16] each of a thousand given names of the world is let in, in its own case, in capitals and in small letters', () => {
    const names = project('test/fixtures/given-names/given-names.txt').trim().split('\n')
    expect(names.length).toBe(1_000)
    const refused = names.filter((username) => {
      const room = new TestRoom()
      const one = room.open('one')
      return room.join(one, { username }).events(one)[0] !== 'joined'
    })
    const cases = names.flatMap((name) => [name.toUpperCase(), name.toLowerCase()])
    refused.push(...cases.filter((name) => isReserved(parseUsername(name) ?? 'admin')))
    expect(refused).toEqual([])
  })

  it.each([
    'Ali',
    'ALI',
    'ali',
    'Null',
    'Ann ❤️',
    '👩‍💻 Kim',
    'علی‌رضا',
    'രാജന്‍',
    'Server',
    'Lia',
    'AlIa',
    'Rod',
  ])('[NM17] %j is let in', (username) => {
    const room = new TestRoom()
    const one = room.open('one')
    expect(room.join(one, { username }).the(one, 'joined')).toMatchObject({ username })
  })

  it.each(Object.entries(DICTIONARIES))(
    '[NM18] what the page in %s calls a person without a name is nobody’s name',
    async (_, dictionary) => {
      const { moderation } = await dictionary.moderation()
      expect(isReserved(moderation.auditEntry.someone)).toBe(true)
    },
  )

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
    '\u03f2hannel',
    'every\u17e0ne',
    'adm\u0582n',
    'AlI',
    'AII',
    'a11',
    'adm1n',
    'ADMlN',
    'ADMİN',
    '4dm!n',
    '\u0397allway',
    'aD\u039cin',
    'Someone',
    'someone',
    'Jemand',
    'شخص ما',
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
