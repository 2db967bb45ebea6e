import { connect, createServer } from 'node:net'

const MOST_HEAD_BYTES = 65_536
const HEAD_END = '\r\n\r\n'

/**
 * Passes connections on to a server on this machine, if they ask for `localhost`, an IP address or one of `hosts`; it ends
 * all others without a word. A page of another site can make its own name point to this machine (DNS rebinding). A browser
 * uses a connection for one host only, so its first request tells. The server could not: wrangler takes a header of its
 * own for the host, and any page may send that one.
 *
 * @param {{ hosts: string[], to: number }} options where `to` is the server's port on 127.0.0.1
 */
export function createHostGuard({ hosts, to }) {
  return createServer((client) => {
    let head = Buffer.alloc(0)
    client.on('error', () => client.destroy())
    client.on('data', look)

    /** @param {Buffer} chunk */
    function look(chunk) {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf(HEAD_END)
      if (end < 0 && head.length < MOST_HEAD_BYTES) return
      client.off('data', look)
      if (end < 0 || !isNamed(hostIn(head.toString('latin1', 0, end)), hosts)) {
        client.destroy()
        return
      }
      const server = connect(to, '127.0.0.1')
      server.on('error', () => client.destroy())
      server.on('close', () => client.destroy())
      client.on('close', () => server.destroy())
      server.write(head)
      client.pipe(server).pipe(client)
    }
  })
}

/** @param {string} head */
function hostIn(head) {
  const [, host = ''] = /\r\nhost:[ \t]*([^\r\n]*)/i.exec(head) ?? []
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
}

/**
 * @param {string} hostname
 * @param {string[]} hosts
 */
function isNamed(hostname, hosts) {
  // The URL parser writes IPv6 addresses in brackets, and IPv4 addresses as four numbers.
  const isAddress = hostname.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(hostname)
  return isAddress || hostname === 'localhost' || (hostname !== '' && hosts.includes(hostname))
}
