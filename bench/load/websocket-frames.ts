/** The frames of RFC 6455, as far as a load generator needs them. */
export const TEXT = 1
export const CLOSE = 8
export const PING = 9
export const PONG = 10

const FINAL = 0x80
const MASKED = 0x80

/**
 * A frame from a client. The mask is zero: the server takes it off as any other, and putting it on costs nothing.
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

/** Takes whole frames out of a server's stream, in place where they come whole. */
export class FrameReader {
  readonly #take: (opcode: number, bytes: Buffer, start: number, end: number) => void
  /** The beginning of a frame, or room for one whose length is known. */
  #kept = Buffer.alloc(16)
  #length = 0
  /** How many bytes the frame that is being kept has in all, once that is known. */
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

  /** Completes the kept frame as far as the bytes go, and answers where they go on. */
  #fill(bytes: Buffer, at: number, end: number): number {
    if (this.#whole === 0) {
      // Not even its head is complete: byte by byte until it is.
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

/** How long the frame at `at` is with its head, or undefined where that cannot be told yet. */
function frameLength(bytes: Buffer, at: number, end: number): number | undefined {
  if (end - at < 2) return undefined
  const second = bytes[at + 1] ?? 0
  const head = headLength(second)
  if (end - at < head) return undefined
  if (head === 2) return head + (second & 0x7f)
  return head + (head === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2)))
}
