import { LIMITS } from '../../protocol/limits.ts'

/** The most that a client may send at once. */
export interface Sizes {
  /** Of a frame, in bytes of UTF-8. */
  frameBytes: number
  /** Of a message, in UTF-16 code units. */
  bodyLength: number
}

export const DEFAULT_SIZES: Sizes = { frameBytes: LIMITS.frameBytes, bodyLength: LIMITS.bodyLength }
