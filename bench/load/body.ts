/**
 * The text of every message: 100 bytes with the speaker and the due time. They end in a run of a character that occurs
 * nowhere else in a frame, so that messages are found and counted without parsing.
 */
export const BODY_BYTES = 100
export const RUN_BYTES = 64
export const RUN_BYTE = 0x7e

const HEAD_BYTES = BODY_BYTES - RUN_BYTES
const LABEL_BYTES = 4
const DUE_DIGITS = 13
const RUN = String.fromCharCode(RUN_BYTE).repeat(RUN_BYTES)

/** Four characters for a person, so that a single comparison recognises their own messages. */
export function labelOf(person: number): string {
  return person.toString(36).padStart(LABEL_BYTES, '0')
}

/** The text of a message; `due` is in ms of this process's clock. */
export function bodyOf(label: string, due: number): string {
  const micros = Math.round(due * 1000)
    .toString()
    .padStart(DUE_DIGITS, '0')
  return `${label} ${micros}`.padEnd(HEAD_BYTES) + RUN
}

/** The label as a number, to compare with `labelAt`. */
export function labelNumber(label: string): number {
  return Buffer.from(label, 'latin1').readUInt32LE(0)
}

/** The label of the speaker, from the message whose run starts at `run`. */
export function labelAt(bytes: Buffer, run: number): number {
  return bytes.readUInt32LE(run - HEAD_BYTES)
}

/** The due time, in ms, of the message whose run starts at `run`. */
export function dueAt(bytes: Buffer, run: number): number {
  const start = run - HEAD_BYTES + LABEL_BYTES + 1
  let micros = 0
  for (let at = start; at < start + DUE_DIGITS; at++) micros = micros * 10 + (bytes[at] ?? 0) - 0x30
  return micros / 1000
}
