import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const STYLES = new URL('../../../client/styles/', import.meta.url)

const PHYSICAL = [
  /(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b/,
  /border-(?:top|bottom)-(?:left|right)-radius/,
  /(?:text-align|float|clear):\s*(?:left|right)/,
  /(?:^|[;{\s])(?:left|right):/,
]
const FOUR_SIDES = /(?:margin|padding|inset):\s*([^;]+);/g

/** The lengths of a value, where a bracket counts as one. */
function lengths(value: string): string[] {
  let depth = 0
  return [...value.trim()]
    .map((sign) => {
      depth += sign === '(' ? 1 : sign === ')' ? -1 : 0
      return sign === ' ' && depth === 0 ? '\n' : sign
    })
    .join('')
    .split('\n')
}

function flawsOf(css: string): string[] {
  const lines = css.split('\n').filter((line) => PHYSICAL.some((flaw) => flaw.test(line)))
  const lopsided = [...css.matchAll(FOUR_SIDES)].filter(([, value = '']) => {
    const [, right, , left] = lengths(value)
    return left !== undefined && left !== right
  })
  return [...lines.map((line) => line.trim()), ...lopsided.map(([text]) => text)]
}

test.each(readdirSync(STYLES))('[DR1] %s uses start and end, never left and right', (file) => {
  expect(flawsOf(readFileSync(new URL(file, STYLES), 'utf8'))).toEqual([])
})

test.each([
  'p { margin-left: 1px; }',
  'p { text-align: right; }',
  'p { left: 0; }',
  'p { padding: 0 1px 0 max(1px, 2px); }',
  'p { border-top-left-radius: 1px; }',
])('[DR2] the check finds %s', (css) => {
  expect(flawsOf(css)).toHaveLength(1)
})
