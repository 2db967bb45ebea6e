import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { newCookie } from '../../tools/cookie.ts'
import { startWorkerd } from '../../tools/workerd.mjs'
import { RawReader } from './raw-reader.ts'

const MIB = 1024 * 1024
const FINAL_TEXT = 0x81
/** The first reserved bit: the frame is compressed. */
const COMPRESSED = 0x40
const CLOSE = 0x88

let server: Awaited<ReturnType<typeof startWorkerd>>

beforeAll(async () => {
  const { folder, ...bundle } = inject('bundle')
  server = await startWorkerd({ folder, ...bundle }, { rooms: mkdtempSync(join(folder, 'rooms-')) })
})
afterAll(() => server.kill())

interface Attacker {
  /** The server's answer to the upgrade. */
  head: string
  socket: Socket
  /** Resolves with the close code, or 1006 if the connection ended without one. */
  ended: Promise<number>
}

/** A socket in a room that offers compression, as browsers do. */
function attack(room: string): Promise<Attacker> {
  const socket = connect({ port: server.port, host: 'localhost' })
  socket.on('error', () => {})
  const request = [
    `GET /api/rooms/${room}/ws HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    `Cookie: ${newCookie()}`,
    '\r\n',
  ]
  socket.write(request.join('\r\n'))
  return new Promise((resolve) => {
    let read = Buffer.alloc(0)
    let end = (_code: number) => {}
    const ended = new Promise<number>((settle) => {
      end = settle
    })
    socket.on('close', () => end(1006))
    socket.on('data', (bytes) => {
      read = Buffer.concat([read, bytes])
      const at = read.indexOf('\r\n\r\n')
      if (at < 0) return
      resolve({ head: read.subarray(0, at).toString(), socket, ended })
      const close = lastClose(read.subarray(at + 4))
      if (close !== undefined) end(close)
    })
  })
}

/** The code of a close frame, if it is among these frames of a server. */
function lastClose(frames: Buffer): number | undefined {
  for (let at = 0; at + 2 <= frames.length; ) {
    const short = frames.readUInt8(at + 1)
    const [head, length] = short === 126 ? [4, frames.readUInt16BE(at + 2)] : [2, short]
    if (frames.readUInt8(at) === CLOSE) return frames.readUInt16BE(at + head)
    at += head + length
  }
  return undefined
}

/** A client's frame with a mask of zeros. */
function frameOf(kind: number, body: Buffer): Buffer {
  const head = Buffer.alloc(14)
  head.writeUInt8(kind, 0)
  head.writeUInt8(0x80 | 127, 1)
  head.writeBigUInt64BE(BigInt(body.length), 2)
  return Buffer.concat([head, body])
}

/** Expects that a person who joined before the attack can still post. */
async function isWell(honest: RawReader, room: string): Promise<void> {
  const before = honest.newest
  honest.send({ event: 'updateChat', data: { body: 'still here', room, id: `after-${before}` } })
  await honest.until(() => honest.newest === before + 1)
}

it('[LF1] a frame of 31 MiB closes its socket with 1009 before it is parsed, and others in the room notice nothing', async () => {
  const honest = await RawReader.join(server.port, { room: 'large', username: 'Ann' })
  for (let time = 0; time < 5; time++) {
    const attacker = await attack('large')
    attacker.socket.write(frameOf(FINAL_TEXT, Buffer.alloc(31 * MIB, '[')))
    expect(await attacker.ended).toBe(1009)
    attacker.socket.destroy()
    await isWell(honest, 'large')
  }
  honest.leave()
})

it('[LF2] a frame beyond the platform’s limit ends only its own connection', async () => {
  const honest = await RawReader.join(server.port, { room: 'larger', username: 'Ann' })
  const attacker = await attack('larger')
  attacker.socket.write(frameOf(FINAL_TEXT, Buffer.alloc(33 * MIB, '[')))
  expect([1006, 1009]).toContain(await attacker.ended)
  await isWell(honest, 'larger')
  honest.leave()
})

it('[LF3] the server offers no compression, and does not inflate a frame that is compressed all the same', async () => {
  const honest = await RawReader.join(server.port, { room: 'folded', username: 'Ann' })
  const attacker = await attack('folded')
  expect(attacker.head).toMatch(/^HTTP\/1.1 101/)
  expect(attacker.head).not.toMatch(/sec-websocket-extensions/i)
  const bomb = deflateRawSync(Buffer.alloc(30 * MIB, 'a'))
  expect(bomb.length).toBeLessThan(32 * 1024)
  attacker.socket.write(frameOf(FINAL_TEXT | COMPRESSED, bomb))
  expect([1002, 1006]).toContain(await attacker.ended)
  await isWell(honest, 'folded')
  honest.leave()
})
