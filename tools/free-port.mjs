import { createServer } from 'node:net'

/** Below the ports for outgoing connections, which could take a port before the server has started. */
const PORTS = { from: 10_000, count: 20_000 }

/** @returns {Promise<number>} */
export async function freePort() {
  const port = PORTS.from + Math.floor(Math.random() * PORTS.count)
  return (await isFree(port)) ? port : freePort()
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false))
    server.listen(port, 'localhost', () => server.close(() => resolve(true)))
  })
}
