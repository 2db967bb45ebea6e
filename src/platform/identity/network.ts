/**
 * What of an address stands for whoever is behind it: all of an IPv4 address, the first 64 bits of an IPv6 one, which
 * a household has for itself. What is no address stands for itself.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const groups = groupsOf(address)
  if (groups === undefined) return address
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return ipv4Of(groups[6] ?? 0, groups[7] ?? 0)
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The network that a text names: an address of it, or the network as it is told. Undefined where it is neither. */
export function networkNamed(text: string): string | undefined {
  const address = text.trim().replace(/\/64$/, '')
  if (address.includes(':')) return groupsOf(address) && networkOf(address)
  const isIpv4 =
    /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address) && address.split('.').every((byte) => Number(byte) < 256)
  return isIpv4 ? address : undefined
}

/** The eight groups of an IPv6 address in whichever way it is written. */
function groupsOf(address: string): number[] | undefined {
  if (!URL.canParse(`http://[${address}]`)) return undefined
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [left = '', right] = canonical.split('::')
  const numbers = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
  const head = numbers(left)
  const tail = numbers(right ?? '')
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail]
}

function ipv4Of(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
