import { expect, it } from 'vitest'
import { addressOf } from '../../../src/platform/identity/address.ts'

const HEADERS = new Headers({
  'CF-Connecting-IP': '192.0.2.1',
  'X-Real-IP': '192.0.2.2',
  'X-Forwarded-For': '192.0.2.3, 192.0.2.4 ,2001:db8::5 ',
  'X-Empty': ' ',
  none: '192.0.2.6',
})

it.each([
  ['CF-Connecting-IP', '192.0.2.1'],
  ['x-real-ip', '192.0.2.2'],
  // The nearest proxy adds the last of a list. What comes before is the sender's own claim.
  ['X-Forwarded-For', '2001:db8::5'],
  ['X-Empty', undefined],
  ['X-Absent', undefined],
  ['none', undefined],
  ['', undefined],
  ['not a header', undefined],
  [undefined, undefined],
])('[AH1] with %j as the header of addresses, the address is %j', (header, address) => {
  expect(addressOf(HEADERS, header === undefined ? {} : { ADDRESS_HEADER: header })).toBe(address)
})
