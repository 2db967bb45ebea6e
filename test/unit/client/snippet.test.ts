import { expect, it } from 'vitest'
import { snippetOf } from '../../../client/markdown/snippet.ts'

it('[SN1] a snippet is the message’s own text, or its quote if there is nothing else', () => {
  expect(snippetOf('> rains from four\nThen we begin\nat one?')).toBe('Then we begin at one?')
  expect(snippetOf('> rains from four')).toBe('> rains from four')
  expect(snippetOf('2 > 1, is it not?')).toBe('2 > 1, is it not?')
})

it('[SN2] a long snippet ends in an ellipsis, and never within a letter', () => {
  expect(snippetOf(`${'a'.repeat(119)}🦊 and so on`)).toBe(`${'a'.repeat(119)}…`)
  expect(snippetOf('a'.repeat(120))).toBe('a'.repeat(120))
})
