import { spawn } from 'node:child_process'
import { freePort } from '../../tools/free-port.mjs'
import { node, root } from '../../tools/install.mjs'

const LISTENS = 'Hallway runs at'

interface ServeOptions {
  /** The folder of the rooms. */
  data: string
  flags?: string[]
  env?: Record<string, string>
  port?: number
}

/** `npm run serve` as a process of its own. It ends with the test's process. */
export class Served {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** What it wrote so far. */
  output = ''
  /** Its exit code. */
  readonly ended: Promise<number | null>
  readonly #child

  private constructor({ data, flags = [], env = {} }: ServeOptions, port: number) {
    this.port = port
    this.url = `http://localhost:${port}`
    const args = [`${root}scripts/serve.mjs`, '--data', data, '--port', `${port}`, ...flags]
    this.#child = spawn(node, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    this.pid = Number(this.#child.pid)
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        this.output += text
      })
    this.ended = new Promise((resolve) => this.#child.once('exit', resolve))
    const end = () => this.#child.kill('SIGTERM')
    process.once('exit', end)
    this.ended.then(() => process.off('exit', end))
  }

  /** Resolves once it listens, or has ended without. */
  static async start(options: ServeOptions): Promise<Served> {
    const served = new Served(options, options.port ?? (await freePort()))
    const listens = new Promise<void>((resolve) => {
      served.#child.stdout.on('data', () => {
        if (served.output.includes(LISTENS)) resolve()
      })
    })
    await Promise.race([listens, served.ended])
    return served
  }

  /** The process that has the rooms open. */
  get workerd(): number {
    return Number(/as process (\d+)/.exec(this.output)?.[1])
  }

  get isUp(): boolean {
    return this.output.includes(LISTENS)
  }

  /** Ends workerd and its launcher as if the power failed. */
  async crash(): Promise<void> {
    await this.stop('SIGKILL')
    process.kill(this.workerd, 'SIGKILL')
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.#child.kill(signal)
    await this.ended
  }
}
