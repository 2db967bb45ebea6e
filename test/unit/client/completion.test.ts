import { signal } from '@preact/signals'
import { expect, it, vi } from 'vitest'
import { EMOJI } from '../../../client/emoji/emoji-list.ts'
import { createCompletion } from '../../../client/room/composer/completion/completion.ts'
import {
  applyCompletion,
  completionQueryAt,
  matchingNames,
} from '../../../client/room/composer/completion/completion-query.ts'

/** The bar marks the caret. */
function queryAt(typed: string) {
  const caret = typed.indexOf('|')
  const found = completionQueryAt(typed.replace('|', ''), caret)
  return found && `${found.kind} ${found.from}-${found.to} ${found.search}`
}

it.each([
  ['@|', 'person 0-1 '],
  ['hi @be|', 'person 3-6 be'],
  ['hi @ada lov|', 'person 3-11 ada lov'],
  ['(@be|n', 'person 1-4 be'],
  ['@ben, @ad|', 'person 6-9 ad'],
  ['ann@be|', undefined],
  ['at @ noon|', undefined],
  ['@ben\nand|', undefined],
  [`@${'x'.repeat(33)}|`, undefined],
  [':smi|', 'emoji 0-4 smi'],
  ['well :+1|', 'emoji 5-8 +1'],
  [':s|', undefined],
  ['12:30|', undefined],
  ['https://ann|', undefined],
  ['@ben: see|', 'person 0-9 ben: see'],
  ['/|', 'command 0-1 '],
  ['/to|', 'command 0-3 to'],
  ['/topic |', undefined],
  [' /to|', undefined],
  ['and/or|', undefined],
  ['|', undefined],
  ['words|', undefined],
])('[CMP1] the query at the caret of %j is %s', (typed, found) => {
  expect(queryAt(typed)).toBe(found)
})

it('[CMP2] the choice replaces the typed text, and a space follows where none does', () => {
  const at = { kind: 'person', from: 3, to: 6, search: 'be' } as const
  expect(applyCompletion('hi @be', at, '@Ben')).toEqual({ text: 'hi @Ben ', caret: 8 })
  expect(applyCompletion('hi @be there', at, '@Ben')).toEqual({ text: 'hi @Ben there', caret: 8 })
  expect(applyCompletion('hi @be, you', at, '@Ben')).toEqual({ text: 'hi @Ben, you', caret: 7 })
})

it('[CMP3] names that begin with the search come before names with a later word that does', () => {
  expect(matchingNames(['Jo Bell', 'Ann', 'ben', 'Abe'], 'BE')).toEqual(['ben', 'Jo Bell'])
})

it('[CMP4] finding the query takes no longer in a long text', () => {
  const text = '@ :'.repeat(1_000_000)
  expect(completionQueryAt(text, text.length)).toBeUndefined()
  expect(completionQueryAt(`${text} @be`, text.length + 4)).toMatchObject({
    from: text.length + 1,
    search: 'be',
  })
})

const commands = [
  ['/me', 'says what you are doing'],
  ['/topic', 'sets the room’s topic'],
] as const

function create(names: string[] = ['Ben', 'Bea Lee', 'Ann']) {
  const loadEmoji = vi.fn(async () => EMOJI)
  return { ...createCompletion({ names: signal(names), commands, loadEmoji }), loadEmoji }
}
const labels = ({ options }: ReturnType<typeof create>) => options.value.map(({ label }) => label)

it('[CMP5] arrow keys go round the options, and the selected option is taken', () => {
  const list = create()
  list.update('@', 1)
  expect(labels(list)).toEqual(['Ben', 'Bea Lee', 'Ann'])
  list.move(-1)
  expect(list.choose()).toEqual({ text: '@Ann ', caret: 5 })
  list.move(1)
  expect(list.choose()).toEqual({ text: '@Ben ', caret: 5 })
  expect(list.choose(1)).toEqual({ text: '@Bea Lee ', caret: 9 })
  list.move(1)
  // Typing on makes another list, with its first option selected.
  list.update('@be', 3)
  expect(list.choose()).toEqual({ text: '@Ben ', caret: 5 })
})

it('[CMP6] a closed list stays closed for that word, and opens for the next', () => {
  const list = create()
  list.update('@b', 2)
  list.close()
  expect(labels(list)).toEqual([])
  list.update('@be', 3)
  expect([labels(list), list.choose()]).toEqual([[], undefined])
  list.update('@ben @', 6)
  expect(labels(list)).toHaveLength(3)
})

it('[CMP7] a complete word and a text without a caret have no options', () => {
  const list = create()
  list.update('/me', 3)
  expect(labels(list)).toEqual([])
  list.update('/m', 2)
  expect(list.options.value).toEqual([{ text: '/me', label: '/me', description: 'says what you are doing' }])
  list.update('/m', undefined)
  expect(labels(list)).toEqual([])
  list.update('@Ben', 4)
  expect(labels(list)).toEqual([])
})

it('[CMP8] the emoji load once, at the first emoji query', async () => {
  const list = create()
  list.update('@b', 2)
  expect(list.loadEmoji).not.toHaveBeenCalled()
  list.update(':tad', 4)
  await vi.waitFor(() => expect(labels(list)).toEqual(['🎉']), 30_000)
  list.update(':tada', 5)
  expect(list.choose()).toEqual({ text: '🎉 ', caret: 3 })
  expect(list.loadEmoji).toHaveBeenCalledOnce()
})

it('[CMP9] emoji that failed to load are requested again', async () => {
  const list = create()
  list.loadEmoji.mockRejectedValueOnce(new Error('away'))
  list.update(':ro', 3)
  await Promise.resolve()
  await Promise.resolve()
  list.update(':roc', 4)
  await Promise.resolve()
  expect(list.loadEmoji).toHaveBeenCalledTimes(2)
})
