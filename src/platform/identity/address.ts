export interface AddressConfig {
  /** The header in which a proxy in front of the Worker reports the sender's address, or `none`. */
  ADDRESS_HEADER?: string
}

const HEADER_NAME = /^[A-Za-z0-9-]+$/

/**
 * The address that sent a request, as the proxy in front reports it. Without a proxy that sets the header, a sender could
 * claim any address in it, so the operator names the header. Of a list the last counts: the nearest proxy has added it.
 */
export function addressOf(headers: Headers, { ADDRESS_HEADER = 'none' }: AddressConfig): string | undefined {
  if (ADDRESS_HEADER === 'none' || !HEADER_NAME.test(ADDRESS_HEADER)) return undefined
  return headers.get(ADDRESS_HEADER)?.split(',').at(-1)?.trim() || undefined
}
