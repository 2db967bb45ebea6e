import { expect, it } from 'vitest'
import { isLong } from '../../../client/markdown/is-long.ts'
import { parseMarkdown } from '../../../client/markdown/parse-markdown.ts'

const long = (body: string) => isLong(body, parseMarkdown(body))
const lines = (count: number, line = 'x') => Array(count).fill(line).join('\n')
const fenced = (count: number) => `\`\`\`\n${lines(count)}\n\`\`\``

it('[LT4] a message is long by the lines that show, with long code folded', () => {
  expect(long(lines(40))).toBe(false)
  expect(long(lines(41))).toBe(true)
  expect(long(`a${'\n'.repeat(60)}b`)).toBe(true)
  expect(long(lines(41, '> x'))).toBe(true)
  // Code that folds counts with the lines that stay visible.
  expect(long(fenced(300))).toBe(false)
  expect(long(lines(300, '> x').replace('x', '```'))).toBe(false)
  expect(long(`${fenced(300)}\n${lines(14)}`)).toBe(false)
  expect(long(`${fenced(300)}\n${lines(15)}`)).toBe(true)
  expect(long(`${fenced(20)}\n${fenced(20)}`)).toBe(true)
})
