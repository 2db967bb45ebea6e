import { DurableObject } from 'cloudflare:workers'

interface Kept {
  sealed: ArrayBuffer
  expiresAt: number
}

/**
 * An identity on its way to another device. It is found by the hash of a code that this object is never told, and what
 * it keeps is sealed under that code: whoever reads its storage can do nothing with it. One redemption, or the end of
 * its time, and nothing is left.
 */
export class DeviceTransfer extends DurableObject<Env> {
  async keep(kept: Kept): Promise<void> {
    this.ctx.storage.kv.put('kept', kept)
    await this.ctx.storage.setAlarm(kept.expiresAt)
  }

  /** Hands it over to the first who asks in time. What is here is taken before anything is waited for. */
  async take(): Promise<ArrayBuffer | undefined> {
    const kept = this.ctx.storage.kv.get<Kept>('kept')
    if (kept === undefined) return undefined
    this.ctx.storage.kv.delete('kept')
    await this.#erase()
    return Date.now() < kept.expiresAt ? kept.sealed : undefined
  }

  override async alarm(): Promise<void> {
    await this.#erase()
  }

  async #erase(): Promise<void> {
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
  }
}
