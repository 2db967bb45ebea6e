import { DurableObject } from 'cloudflare:workers'

interface Kept {
  sealed: ArrayBuffer
  expiresAt: number
}

/**
 * An identity on its way to another device. The object is found by the hash of a code and never learns the code, which
 * seals what it stores: its storage alone is useless to anyone. After one redemption, or when it expires, nothing is left.
 */
export class DeviceTransfer extends DurableObject<Env> {
  async keep(kept: Kept): Promise<void> {
    this.ctx.storage.kv.put('kept', kept)
    await this.ctx.storage.setAlarm(kept.expiresAt)
  }

  /** Gives it to the first who asks in time. It is deleted before any await, so no second caller gets it. */
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
