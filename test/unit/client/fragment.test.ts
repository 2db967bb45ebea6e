import { expect, it } from 'vitest'
import {
  messageInFragment,
  messagePath,
  secretInFragment,
  withoutSecret,
} from '../../../client/routing/fragment.ts'

it.each([
  ['#m=12', 12],
  ['m=12', 12],
  ['#k=v&m=12&x=', 12],
  ['#m=012', undefined],
  ['#m=-1', undefined],
  ['#m=1e3', undefined],
  ['#m=', undefined],
  ['#n=1', undefined],
  ['', undefined],
  ['#%', undefined],
  [`#m=${'9'.repeat(30)}`, undefined],
])('[PL1] the fragment %j names message %s', (fragment, seq) => {
  expect(messageInFragment(fragment)).toBe(seq)
})

it('[PL2] a message’s address leads to it', () => {
  expect(messagePath('kitchen', 7)).toBe('/r/kitchen#m=7')
  expect(messageInFragment(new URL(messagePath('kitchen', 7), 'https://hallway.test').hash)).toBe(7)
})

it('[PL3] the secret is read from an invite link’s address and removed from it', () => {
  expect([
    secretInFragment('#k=aZ_-9'),
    secretInFragment('#m=3&k=s'),
    secretInFragment('#m=3'),
    secretInFragment('#k='),
  ]).toEqual(['aZ_-9', 's', undefined, undefined])
  expect([withoutSecret('#k=s'), withoutSecret('#m=3&k=s')]).toEqual(['', '#m=3'])
})
