import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { request } from 'node:http'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** @import { Server } from './build-server.mjs' */

/** The program itself: without its install script, the package's command is a script that starts it. */
const WORKERD = createRequire(import.meta.url)('workerd').default
const CONTROL = 'control.sock'
/** Longer than rooms take to tell everyone. */
const TELLING_MS = 3_000
/** For responses under way. workerd itself would wait for idle connections too, and a proxy keeps those for minutes. */
const ENDING_MS = 300

/**
 * Runs a server on a locked folder of rooms.
 *
 * @param {Server} server
 * @param {{ data: string, address: string, isProxied: boolean, env: NodeJS.ProcessEnv }} options
 */
export function runServer({ config }, { data, address, isProxied, env }) {
  // A server that was killed leaves it behind.
  rmSync(join(data, CONTROL), { force: true })
  const args = ['serve', config, isProxied ? 'proxied' : 'direct', `--socket-addr=http=${address}`]
  const child = spawn(WORKERD, args, { cwd: data, env, stdio: ['ignore', 'inherit', 'inherit'] })
  process.once('exit', () => child.kill('SIGKILL'))
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
  return {
    ended,
    pid: child.pid,

    /** Resolves to true once the server responds, to false if it ends first. */
    async answers() {
      while (child.exitCode === null && child.signalCode === null) {
        const reply = await fetch(`http://${address}/healthz`).catch(() => undefined)
        if (reply?.ok) return true
        await sleep(10)
      }
      return false
    },

    /** Tells everyone to come back, then ends the server. */
    async stop() {
      await Promise.race([ask(relative('.', join(data, CONTROL))), sleep(TELLING_MS)])
      child.kill('SIGTERM')
      await Promise.race([ended, sleep(ENDING_MS)])
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** The path is relative, because that of a socket may not be long. @param {string} socketPath @returns {Promise<void>} */
function ask(socketPath) {
  return new Promise((resolve) => {
    const sent = request({ socketPath, method: 'POST', path: '/stop' })
    sent.once('response', (reply) => reply.resume().once('end', () => resolve()))
    sent.once('error', () => resolve())
    sent.end()
  })
}
