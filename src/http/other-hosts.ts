export interface HostsConfig {
  /** The names under which the Worker answers, separated by commas. Empty: every name. */
  HOSTS?: string
}

/**
 * Answers nothing under a name that the operator has not set. A page of another site can make its own name point to this
 * machine (DNS rebinding); it then counts as this site. It cannot do so with `localhost` or the number of an address.
 */
export function refuseOtherHosts({ url }: Request, { HOSTS = '' }: HostsConfig): Response | undefined {
  if (HOSTS === '') return undefined
  const { hostname } = new URL(url)
  const names = ['localhost', ...HOSTS.split(',').map((name) => name.trim().toLowerCase())]
  return isAddress(hostname) || names.includes(hostname) ? undefined : new Response(null, { status: 421 })
}

/** The URL parser writes IPv6 addresses in brackets, and IPv4 addresses as four numbers. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(hostname)
}
