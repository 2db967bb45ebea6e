import worker, { Room as BareRoom, type Message } from '../worker.ts'

export default worker

const QUIET_MS = 10

/**
 * The upper bound of batching: a room that only writes a row for each message, with one transaction and one frame for
 * everything that has arrived. A sender finds their own message in the frame, in place of an ack.
 */
export class Room extends BareRoom {
  #waiting: Message[] = []
  #gathering = false
  #flushedAt = 0

  protected override say(_from: WebSocket, message: Message): void {
    this.seq = message.seq
    this.#waiting.push(message)
    if (this.#gathering) return
    if (Date.now() - this.#flushedAt >= QUIET_MS) return this.#flush()
    this.#gathering = true
    void scheduler.wait(0).then(() => this.#flush())
  }

  #flush(): void {
    this.#gathering = false
    const messages = this.#waiting
    this.#waiting = []
    this.ctx.storage.transactionSync(() => {
      for (const message of messages) this.store(message)
    })
    const texts = messages.map((message) => JSON.stringify({ type: 'message', message }))
    const frame = texts.length === 1 ? texts.join('') : `[${texts.join(',')}]`
    for (const socket of this.ctx.getWebSockets()) socket.send(frame)
    this.#flushedAt = Date.now()
  }
}
