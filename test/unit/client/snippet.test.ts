import { expect, it } from 'vitest'
import { mentionableNames } from '../../../client/markdown/mentions.ts'
import { snippetOf } from '../../../client/markdown/read-text.ts'

it('[SN1] a snippet is the message’s own text, or its quote if there is nothing else', () => {
  expect(snippetOf('> rains from four\nThen we begin\nat one?')).toBe('Then we begin at one?')
  expect(snippetOf('> rains from four')).toBe('rains from four')
  expect(snippetOf('2 > 1, is it not?')).toBe('2 > 1, is it not?')
})

it('[SN2] a long snippet ends in an ellipsis, and never within a letter or an emoji', () => {
  expect(snippetOf(`${'a'.repeat(119)}🦊 and so on`)).toBe(`${'a'.repeat(119)}…`)
  expect(snippetOf('a'.repeat(120))).toBe('a'.repeat(120))
  const family = '👩‍👩‍👧‍👦'
  for (let before = 100; before <= 120; before += 1) {
    const cut = snippetOf(`${'a'.repeat(before)}${family}e\u0301🇩🇪 and so on, far beyond its end`)
    const [, after = ''] = /^a+(.*)…$/u.exec(cut) ?? []
    expect([`${family}e\u0301🇩🇪`, `${family}e\u0301`, family, '']).toContain(after.replace(/ .*/, ''))
  }
})

it.each([
  ['**bold** and `code`', 'bold and code'],
  ['1. first\n2. second\n- third', '1. first 2. second • third'],
  ['```ts\nlet a = 1\n```\nso', 'let a = 1 so'],
  ['see [the notes](https://example.org/a)', 'see the notes'],
  ['@_maxim_ and @`tick`', '@_maxim_ and @`tick`'],
  ['¯\\_(ツ)_/¯', '¯\\_(ツ)_/¯'],
])('[SN3] a snippet of %j is what is read, without marks: %j', (body, snippet) => {
  expect(snippetOf(body, mentionableNames(['_maxim_', '`tick`']))).toBe(snippet)
})
