import { expect, it } from 'vitest'
import { createRoster } from '../../../client/session/roster.ts'

const ada = { username: 'Ada', by: 'a' }
const bo = { username: 'Bo', by: 'b' }

it('[RO1] a list of names replaces who is here, sorted, with what is known of them', () => {
  const roster = createRoster()
  roster.noteName(bo)
  roster.replace(['Cy', 'Bo'])
  expect(roster.people).toEqual([bo, { username: 'Cy' }])
  roster.replace(['Bo'])
  expect(roster.people).toEqual([bo])
  expect(roster.online).toBe(1)
})

it('[RO2] comings, goings and new names patch it', () => {
  const roster = createRoster()
  roster.replace(['Bo'])
  roster.add(ada)
  roster.add(ada)
  expect(roster.people).toEqual([ada, { username: 'Bo' }])
  roster.rename({ username: 'Countess', by: 'a' })
  expect(roster.people).toEqual([{ username: 'Bo' }, { username: 'Countess', by: 'a' }])
  roster.remove({ username: 'Countess', by: 'a' })
  expect(roster.people).toEqual([{ username: 'Bo' }])
})

it('[RO3] whoever leaves goes under the name they are known by here, too', () => {
  const roster = createRoster()
  roster.add(ada)
  roster.remove({ username: 'Countess', by: 'a' })
  expect(roster.people).toEqual([])
  roster.replace(['Bo'])
  roster.remove(bo)
  expect(roster.people).toEqual([])
})

it('[RO4] a new name that was here before its rename is told is not here twice', () => {
  const roster = createRoster()
  roster.add(ada)
  roster.replace(['Countess'])
  roster.rename({ username: 'Countess', by: 'a' })
  expect(roster.people).toEqual([{ username: 'Countess', by: 'a' }])
})

it('[RO5] a name given up belongs to nobody until someone is met who bears it', () => {
  const roster = createRoster()
  roster.noteName(ada)
  roster.replace(['Ada'])
  expect(roster.people).toEqual([ada])
  roster.noteName({ username: 'Countess', by: 'a' })
  expect(roster.people).toEqual([{ username: 'Ada' }])
  roster.noteName({ username: 'Ada', by: 'c' })
  expect(roster.people).toEqual([{ username: 'Ada', by: 'c' }])
})

it('[RO6] what someone once went by is overruled by what someone goes by now', () => {
  const roster = createRoster()
  roster.noteName(ada)
  roster.noteFormerName({ username: 'Ada', by: 'old' })
  roster.noteFormerName({ username: 'Bo', by: 'b' })
  roster.noteFormerName({ username: 'Bo', by: 'older' })
  roster.replace(['Ada', 'Bo'])
  expect(roster.people).toEqual([ada, bo])
  roster.rename({ username: 'Bob', by: 'b' })
  expect(roster.people).toEqual([ada, { username: 'Bob', by: 'b' }])
})

it('[RO7] a count goes for more people than are named, until there are few again', () => {
  const roster = createRoster()
  const many = Array.from({ length: 200 }, (_, n) => `${n}`)
  roster.replace(many)
  roster.count(1_000)
  expect([roster.people.length, roster.online]).toEqual([200, 1_000])
  roster.replace(many)
  expect(roster.online).toBe(1_000)
  roster.replace(many.slice(1))
  expect(roster.online).toBe(199)
})

it('[RO8] people are another array only when something about them changed', () => {
  const roster = createRoster()
  roster.add(ada)
  const before = roster.people
  roster.noteName(ada)
  roster.noteFormerName(ada)
  expect(roster.people).toBe(before)
  roster.noteFormerName(bo)
  roster.replace(['Ada'])
  expect(roster.people).not.toBe(before)
})
