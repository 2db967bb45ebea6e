import { expect, it } from 'vitest'
import { ambiguous, readRules } from '../../tools/rules.mjs'

const rulesOf = (code: string) => readRules('test/unit/some.test.ts', code)

it('[RU1] the list of rules has the id and the whole sentence of each test, and of each group with an id', () => {
  const { rules, complaints } = rulesOf(`
    describe('an ack', () => {
      it.each(['a', 'b'])('[AK1] says %s of $name.first at 5%% for $5', () => {})
      describe('[AK2] of a retry', () => {
        it('says the same again', () => {})
      })
    })
    it(\`[AK3] comes \${TIMES} times\`, () => {})`)
  expect(complaints).toEqual([])
  expect(rules.map(({ id, sentence, line }) => [id, sentence, line])).toEqual([
    ['AK1', 'an ack: says … of … at 5% for $5', 3],
    ['AK2', 'an ack: of a retry', 4],
    ['AK3', 'comes … times', 8],
  ])
})

it('[RU2] a test without an id is reported, unless its group has an id', () => {
  const { complaints } = rulesOf(`it('says nothing', () => {})\nit.each([1])('%i', () => {})`)
  expect(complaints).toEqual([
    'test/unit/some.test.ts:1: a test without a rule id: says nothing',
    'test/unit/some.test.ts:2: a test without a rule id: …',
  ])
})

it('[RU3] an id that stands for two sentences is reported, within one file and across two', () => {
  const rules = rulesOf(`it('[AK1] says %s', () => {})\nit('[AK1] says %s', () => {})`).rules
  expect(ambiguous(rules)).toEqual([])
  const other = readRules('test/unit/other.test.ts', `it('[AK1] is told', () => {})`).rules
  expect(ambiguous([...rules, ...other])).toEqual([expect.stringContaining('AK1 stands for 2 rules')])
})
