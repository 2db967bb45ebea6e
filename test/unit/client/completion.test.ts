import { signal } from '@preact/signals'
import { expect, it, vi } from 'vitest'
import { EMOJI } from '../../../client/emoji/emoji-list.ts'
import { createCompleting } from '../../../client/room/composer/completion/completion.ts'
import { askedAt, completed, namesLike } from '../../../client/room/composer/completion/completion-query.ts'

/** The caret stands where the bar is. */
function asked(typed: string) {
  const caret = typed.indexOf('|')
  const found = askedAt(typed.replace('|', ''), caret)
  return found && `${found.kind} ${found.from}-${found.to} ${found.query}`
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
])('[CP1] at the caret of %j stands %s', (typed, found) => {
  expect(asked(typed)).toBe(found)
})

it('[CP2] what is chosen stands in place of what was typed, with a space behind it where one is missing', () => {
  const at = { kind: 'person', from: 3, to: 6, query: 'be' } as const
  expect(completed('hi @be', at, '@Ben')).toEqual({ text: 'hi @Ben ', caret: 8 })
  expect(completed('hi @be there', at, '@Ben')).toEqual({ text: 'hi @Ben there', caret: 8 })
  expect(completed('hi @be, you', at, '@Ben')).toEqual({ text: 'hi @Ben, you', caret: 7 })
})

it('[CP3] names that begin so come before those with a later word that does', () => {
  expect(namesLike(['Jo Bell', 'Ann', 'ben', 'Abe'], 'BE')).toEqual(['ben', 'Jo Bell'])
})

it('[CP4] a long text takes no longer than what stands at its end', () => {
  const text = '@ :'.repeat(1_000_000)
  expect(askedAt(text, text.length)).toBeUndefined()
  expect(askedAt(`${text} @be`, text.length + 4)).toMatchObject({ from: text.length + 1, query: 'be' })
})

const commands = [
  ['/me', 'says what you do'],
  ['/topic', 'sets what the room is about'],
] as const

function completing(names: string[] = ['Ben', 'Bea Lee', 'Ann']) {
  const loadEmoji = vi.fn(async () => EMOJI)
  return { ...createCompleting({ names: signal(names), commands, loadEmoji }), loadEmoji }
}
const labels = ({ choices }: ReturnType<typeof completing>) => choices.value.map(({ label }) => label)

it('[CP5] arrows go round the choices, and one is chosen', () => {
  const list = completing()
  list.read('@', 1)
  expect(labels(list)).toEqual(['Ben', 'Bea Lee', 'Ann'])
  list.move(-1)
  expect(list.choose()).toEqual({ text: '@Ann ', caret: 5 })
  list.move(1)
  expect(list.choose()).toEqual({ text: '@Ben ', caret: 5 })
  expect(list.choose(1)).toEqual({ text: '@Bea Lee ', caret: 9 })
  list.move(1)
  // What is typed on is another list, from its first.
  list.read('@be', 3)
  expect(list.choose()).toEqual({ text: '@Ben ', caret: 5 })
})

it('[CP6] a list that was closed stays closed for this word, and opens for the next', () => {
  const list = completing()
  list.read('@b', 2)
  list.close()
  expect(labels(list)).toEqual([])
  list.read('@be', 3)
  expect([labels(list), list.choose()]).toEqual([[], undefined])
  list.read('@ben @', 6)
  expect(labels(list)).toHaveLength(3)
})

it('[CP7] what is written out already is nothing to choose, and neither is anything without a caret', () => {
  const list = completing()
  list.read('/me', 3)
  expect(labels(list)).toEqual([])
  list.read('/m', 2)
  expect(list.choices.value).toEqual([{ text: '/me', label: '/me', note: 'says what you do' }])
  list.read('/m', undefined)
  expect(labels(list)).toEqual([])
  list.read('@Ben', 4)
  expect(labels(list)).toEqual([])
})

it('[CP8] the emoji are loaded once, when the first is asked for', async () => {
  const list = completing()
  list.read('@b', 2)
  expect(list.loadEmoji).not.toHaveBeenCalled()
  list.read(':tad', 4)
  await vi.waitFor(() => expect(labels(list)).toEqual(['🎉']), 30_000)
  list.read(':tada', 5)
  expect(list.choose()).toEqual({ text: '🎉 ', caret: 3 })
  expect(list.loadEmoji).toHaveBeenCalledOnce()
})

it('[CP9] the emoji are asked for again where they could not be had', async () => {
  const list = completing()
  list.loadEmoji.mockRejectedValueOnce(new Error('away'))
  list.read(':ro', 3)
  await Promise.resolve()
  await Promise.resolve()
  list.read(':roc', 4)
  await Promise.resolve()
  expect(list.loadEmoji).toHaveBeenCalledTimes(2)
})
