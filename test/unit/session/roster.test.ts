import { expect, it } from 'vitest'
import { createRoster } from '../../../client/session/roster.ts'

const ada = { username: 'Ada', by: 'a' }
const bo = { username: 'Bo', by: 'b' }

it('[RO1] a list of names replaces the people present, sorted, with the ids that are known', () => {
  const roster = createRoster()
  roster.noteName(bo)
  roster.replace(['Cy', 'Bo'])
  expect(roster.people).toEqual([bo, { username: 'Cy' }])
  roster.replace(['Bo'])
  expect(roster.people).toEqual([bo])
  expect(roster.online).toBe(1)
})

it('[RO2] joins, leaves and renames change it', () => {
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

it('[RO3] a leave also removes the name that is known here', () => {
  const roster = createRoster()
  roster.add(ada)
  roster.remove({ username: 'Countess', by: 'a' })
  expect(roster.people).toEqual([])
  roster.replace(['Bo'])
  roster.remove(bo)
  expect(roster.people).toEqual([])
})

it('[RO4] a name that a list brought before its rename is present once', () => {
  const roster = createRoster()
  roster.add(ada)
  roster.replace(['Countess'])
  roster.rename({ username: 'Countess', by: 'a' })
  expect(roster.people).toEqual([{ username: 'Countess', by: 'a' }])
})

it('[RO5] an abandoned name belongs to nobody until someone takes it', () => {
  const roster = createRoster()
  roster.noteName(ada)
  roster.replace(['Ada'])
  expect(roster.people).toEqual([ada])
  roster.noteName({ username: 'Countess', by: 'a' })
  expect(roster.people).toEqual([{ username: 'Ada' }])
  roster.noteName({ username: 'Ada', by: 'c' })
  expect(roster.people).toEqual([{ username: 'Ada', by: 'c' }])
})

it('[RO6] a current name overrules a former one', () => {
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

it('[RO7] a count stands for people beyond the list, until the list is short again', () => {
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

it('[RO8] people are another array only after a change', () => {
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
