/** The part of RFC 6455 that a load generator needs. */
export const TEXT = 1
export const CLOSE = 8
export const PING = 9
export const PONG = 10

const FINAL = 0x80
const MASKED = 0x80

/**
 * A client's frame. Its mask is zero: the server unmasks it like any other, and masking costs nothing.
 */
export function encodeFrame(text: string, opcode = TEXT): Buffer {
  const length = Buffer.byteLength(text)
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + 4 + length)
  frame[0] = FINAL | opcode
  if (head === 2) frame[1] = MASKED | length
  else if (head === 4) {
    frame[1] = MASKED | 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = MASKED | 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.writeUInt32LE(0, head)
  frame.write(text, head + 4)
  return frame
}

/** Splits a server's stream into frames, without copying those that arrive whole. */
export class FrameReader {
  readonly #take: (opcode: number, bytes: Buffer, start: number, end: number) => void
  /** The start of an incomplete frame, in a buffer of the whole length once that is known. */
  #kept = Buffer.alloc(16)
  #length = 0
  /** The whole length of the incomplete frame, once known. */
  #whole = 0

  constructor(take: (opcode: number, bytes: Buffer, start: number, end: number) => void) {
    this.#take = take
  }

  read(bytes: Buffer, start: number, end: number): void {
    let at = start
    while (at < end) {
      if (this.#length > 0) {
        at = this.#fill(bytes, at, end)
        continue
      }
      const whole = frameLength(bytes, at, end)
      if (whole === undefined || at + whole > end) {
        this.#keep(bytes, at, end, whole)
        return
      }
      this.#give(bytes, at, whole)
      at += whole
    }
  }

  #keep(bytes: Buffer, at: number, end: number, whole = 0): void {
    if (whole > this.#kept.length) this.#kept = Buffer.allocUnsafe(whole)
    bytes.copy(this.#kept, 0, at, end)
    this.#length = end - at
    this.#whole = whole
  }

  /** Adds bytes to the incomplete frame, and returns where the next frame starts. */
  #fill(bytes: Buffer, at: number, end: number): number {
    if (this.#whole === 0) {
      // Its head is incomplete too, so this takes one byte at a time.
      this.#kept[this.#length++] = bytes[at] ?? 0
      this.#whole = frameLength(this.#kept, 0, this.#length) ?? 0
      if (this.#whole > this.#kept.length) {
        const head = this.#kept
        this.#kept = Buffer.allocUnsafe(this.#whole)
        head.copy(this.#kept, 0, 0, this.#length)
      }
      if (this.#length === this.#whole) this.#giveKept()
      return at + 1
    }
    const taken = Math.min(end - at, this.#whole - this.#length)
    bytes.copy(this.#kept, this.#length, at, at + taken)
    this.#length += taken
    if (this.#length === this.#whole) this.#giveKept()
    return at + taken
  }

  #giveKept(): void {
    const whole = this.#whole
    this.#length = 0
    this.#whole = 0
    this.#give(this.#kept, 0, whole)
  }

  #give(bytes: Buffer, at: number, whole: number): void {
    const head = headLength(bytes[at + 1] ?? 0)
    if (((bytes[at] ?? 0) & FINAL) === 0) throw new Error('A server sent a frame in fragments')
    this.#take((bytes[at] ?? 0) & 0x0f, bytes, at + head, at + whole)
  }
}

function headLength(second: number): number {
  const length = second & 0x7f
  return length < 126 ? 2 : length === 126 ? 4 : 10
}

/** The length of the frame at `at` with its head, or undefined if its head is incomplete. */
function frameLength(bytes: Buffer, at: number, end: number): number | undefined {
  if (end - at < 2) return undefined
  const second = bytes[at + 1] ?? 0
  const head = headLength(second)
  if (end - at < head) return undefined
  if (head === 2) return head + (second & 0x7f)
  return head + (head === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2)))
}
