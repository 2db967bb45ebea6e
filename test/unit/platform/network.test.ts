import { expect, it } from 'vitest'
import { networkOf, parseNetwork } from '../../../src/platform/identity/network.ts'

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::ffff:cb00:7107', '203.0.113.7'],
  ['not:an:address', 'not:an:address'],
  ['', ''],
])('[NW1] %j belongs to the network %j', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

it('[NW2] two addresses of one household are one network, and a neighbour’s is another', () => {
  expect(networkOf('2001:db8:1:2:ffff::1')).toBe(networkOf('2001:db8:1:2::2'))
  expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'))
})

it.each([
  ['192.0.2.1', '192.0.2.1'],
  [' 255.255.255.255 ', '255.255.255.255'],
  ['2001:DB8:1:2:3::9', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::/64', '2001:db8:1:2::/64'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['192.0.2.256', undefined],
  ['192.0.2', undefined],
  ['192.0.2.1.', undefined],
  ['192.0.2.1/24', undefined],
  ['2001:db8::/48', undefined],
  ['::g', undefined],
  ['kitchen', undefined],
  ['', undefined],
])('[NN1] %j, typed by an operator, names the network %s', (text, network) => {
  expect(parseNetwork(text)).toBe(network)
})
