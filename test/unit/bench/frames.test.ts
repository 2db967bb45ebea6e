import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLOSE, encodeFrame, FrameReader, TEXT } from '../../../bench/load/websocket-frames.ts'

/** A server's frame: like a client's, without the mask. */
function serverFrame(text: string, opcode = TEXT): Buffer {
  const frame = encodeFrame(text, opcode)
  const mask = frame.length - Buffer.byteLength(text) - 4
  frame[1] = (frame[1] ?? 0) & 0x7f
  return Buffer.concat([frame.subarray(0, mask), frame.subarray(mask + 4)])
}

function readAll(chunks: readonly Buffer[]): { opcode: number; text: string }[] {
  const read: { opcode: number; text: string }[] = []
  const reader = new FrameReader((opcode, bytes, start, end) =>
    read.push({ opcode, text: bytes.toString('utf8', start, end) }),
  )
  // All chunks share a buffer, as a socket's do.
  const shared = Buffer.alloc(500_000)
  for (const chunk of chunks) {
    chunk.copy(shared, 5)
    reader.read(shared, 5, 5 + chunk.length)
  }
  return read
}

describe('frames', () => {
  it('[BN4] are read as sent, wherever the stream is split', () => {
    const length = fc.oneof(fc.nat(130), fc.integer({ min: 65_530, max: 65_540 }), fc.nat(3_000))
    fc.assert(
      fc.property(
        fc.array(length, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(70_000)),
        (lengths, cuts) => {
          const texts = lengths.map((size, at) => String(at % 10).repeat(size))
          const stream = Buffer.concat(texts.map((text) => serverFrame(text)))
          const places = [0, ...cuts.map((cut) => cut % stream.length).sort((a, b) => a - b), stream.length]
          const chunks = places.slice(1).map((end, at) => stream.subarray(places[at], end))
          expect(readAll(chunks)).toEqual(texts.map((text) => ({ opcode: TEXT, text })))
        },
      ),
    )
  })

  it('[BN5] are read even if each byte arrives alone, close frames included', () => {
    const stream = Buffer.concat([serverFrame('a'.repeat(300)), serverFrame('', CLOSE), serverFrame('b')])
    expect(readAll([...stream].map((byte) => Buffer.from([byte])))).toEqual([
      { opcode: TEXT, text: 'a'.repeat(300) },
      { opcode: CLOSE, text: '' },
      { opcode: TEXT, text: 'b' },
    ])
  })
})
