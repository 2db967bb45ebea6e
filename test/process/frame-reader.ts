const HEAD_END = '\r\n\r\n'
const TEXT = 1

/** Cuts a WebSocket's bytes, after the HTTP head, into whole frames. */
export class FrameReader {
  readonly #keeps: (text: string) => boolean
  #rest = Buffer.alloc(0)
  #isHead = true

  /** `keeps` receives every text frame, and decides whether it is passed on. */
  constructor(keeps: (text: string) => boolean) {
    this.#keeps = keeps
  }

  /** Returns the bytes to pass on: whole frames, without dropped ones. */
  take(bytes: Buffer): Buffer {
    this.#rest = Buffer.concat([this.#rest, bytes])
    const kept: Buffer[] = []
    if (this.#isHead) {
      const end = this.#rest.indexOf(HEAD_END)
      if (end < 0) return Buffer.alloc(0)
      this.#isHead = false
      kept.push(this.#shift(end + HEAD_END.length))
    }
    for (let size = frameSize(this.#rest); size !== undefined; size = frameSize(this.#rest)) {
      const frame = this.#shift(size.head + size.body)
      const isText = frame.readUInt8(0) === (0x80 | TEXT)
      if (!isText || this.#keeps(bodyOf(frame, size.head))) kept.push(frame)
    }
    return Buffer.concat(kept)
  }

  #shift(length: number): Buffer {
    const taken = this.#rest.subarray(0, length)
    this.#rest = this.#rest.subarray(length)
    return taken
  }
}

/** The length of the first frame, once it is complete. */
function frameSize(bytes: Buffer): { head: number; body: number } | undefined {
  if (bytes.length < 2) return undefined
  const second = bytes.readUInt8(1)
  const short = second & 0x7f
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0
  const head = 2 + lengthBytes + (second & 0x80 ? 4 : 0)
  if (bytes.length < head) return undefined
  const body =
    lengthBytes === 2 ? bytes.readUInt16BE(2) : lengthBytes === 8 ? Number(bytes.readBigUInt64BE(2)) : short
  return bytes.length < head + body ? undefined : { head, body }
}

/** A client's frame is masked with the last four bytes of its head. */
function bodyOf(frame: Buffer, head: number): string {
  const body = Buffer.from(frame.subarray(head))
  if (frame.readUInt8(1) & 0x80) {
    for (let at = 0; at < body.length; at++) body[at] = (body[at] ?? 0) ^ frame.readUInt8(head - 4 + (at % 4))
  }
  return body.toString()
}
