/**
 * The network of an address: the whole of an IPv4 address, or the first 64 bits of an IPv6 address, since one household
 * has them all. Any other text is returned unchanged.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const groups = ipv6Groups(address)
  if (groups === undefined) return address
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return ipv4Text(groups[6] ?? 0, groups[7] ?? 0)
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/**
 * The networks around a network that `networkOf` gave, from the largest to itself. A customer may have 48 bits of IPv6,
 * which are 65,536 such networks, so these have one budget; a household has 56 or 64 of them.
 */
export function networksAround(network: string): [whole: string, ...parts: string[]] {
  const groups = network.endsWith('::/64') ? ipv6Groups(network.slice(0, -'/64'.length)) : undefined
  if (groups === undefined) return [network]
  const [one = 0, two = 0, three = 0, four = 0] = groups
  const first = [one, two, three].map((group) => group.toString(16)).join(':')
  return [`${first}::/48`, `${first}:${(four & 0xff00).toString(16)}::/56`, network]
}

/** The network that a text names, by an address or as `networkOf` writes it. Undefined if it names none. */
export function parseNetwork(text: string): string | undefined {
  const address = text.trim().replace(/\/64$/, '')
  if (address.includes(':')) return ipv6Groups(address) && networkOf(address)
  const isIpv4 =
    /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address) && address.split('.').every((byte) => Number(byte) < 256)
  return isIpv4 ? address : undefined
}

/** The eight groups of an IPv6 address, in any notation. */
function ipv6Groups(address: string): number[] | undefined {
  if (!URL.canParse(`http://[${address}]`)) return undefined
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [left = '', right] = canonical.split('::')
  const numbers = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
  const head = numbers(left)
  const tail = numbers(right ?? '')
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail]
}

function ipv4Text(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
