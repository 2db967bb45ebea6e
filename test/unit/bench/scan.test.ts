import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BODY_BYTES, bodyOf, dueAt, labelAt, labelNumber, labelOf } from '../../../bench/load/body.ts'
import { scanMessages } from '../../../bench/load/scan.ts'

describe('the text of a message', () => {
  it('[BN1] has a fixed length, and gives back its speaker and its due time', () => {
    const body = bodyOf(labelOf(4711), 123_456.789)
    expect(Buffer.byteLength(body)).toBe(BODY_BYTES)
    const bytes = Buffer.from(`{"body":"${body}"}`)
    const run = bytes.indexOf('~')
    expect(labelAt(bytes, run)).toBe(labelNumber(labelOf(4711)))
    expect(dueAt(bytes, run)).toBe(123_456.789)
  })
})

describe('messages in a frame', () => {
  it('[BN2] are each found once, at the right place, for any text between them and any place of the frame', () => {
    const between = fc.stringMatching(/^[ -}]{30,200}$/)
    fc.assert(
      fc.property(fc.array(between, { minLength: 1, maxLength: 20 }), fc.nat(200), (texts, before) => {
        const messages = texts.map((text, at) => `${text}${bodyOf(labelOf(at), at)}`)
        const frame = Buffer.from(`${messages.join('')}"}`)
        const bytes = Buffer.concat([Buffer.alloc(before, '~'), frame, Buffer.alloc(300, '~')])
        const found: number[] = []
        const count = scanMessages(bytes, before, before + frame.length, (all, run) =>
          found.push(dueAt(all, run)),
        )
        expect(count).toBe(texts.length)
        expect(found).toEqual(texts.map((_, at) => at))
      }),
    )
  })

  it('[BN3] are not found in a frame without messages', () => {
    const bytes = Buffer.from(JSON.stringify({ event: 'activeUsers', data: Array(100).fill('person') }))
    expect(scanMessages(bytes, 0, bytes.length, () => {})).toBe(0)
  })
})
