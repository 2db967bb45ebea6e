import { expect, it } from 'vitest'
import { judgeRegexes, readRegexes } from '../../tools/regexes.mjs'

const judged = (code: string): string[] => {
  const { found, complaints } = readRegexes('some/where.tsx', code)
  return [...complaints, ...judgeRegexes(found)]
}

it.each([
  ['of exponential time', 'const a = <p />\nconst b = /(a+)+$/', 2, /exponential time, as with '.*a.*repeat/],
  ['of quadratic time', 'x.replace(/\\s+$/u, "")', 1, /2nd degree polynomial time/],
  ['made by a call of RegExp', 'new RegExp("(a|a)*b", "u")', 1, /exponential time/],
  ['beyond proof', '\n\n/a+(?=b)/.test(x)', 3, /cannot be judged: look-ahead/],
  ['built at run time', 'new RegExp(typed)', 1, /built at run time/],
])(
  '[RX1] the check of regular expressions reports an expression that is %s, with its place',
  (_name, code, line, says) => {
    const complaints = judged(code)
    expect(complaints).toEqual([expect.stringMatching(says)])
    expect(complaints[0]).toContain(`some/where.tsx:${line}: `)
  },
)

it('[RX2] the check of regular expressions accepts linear ones, and ignores other code with slashes', () => {
  expect(
    judged('const a = 1 / 2 / 3, b = "/(a+)+$/", c = /^[a-z]+$/u, d = new Map([[/\\p{M}+/gu, 1]])'),
  ).toEqual([])
})
