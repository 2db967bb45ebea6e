import { fieldsOf, numberOf, textOf } from '../lib/parse-unknown.ts'
import { keep, readKept } from './local-storage.ts'

/** A change of a message that is being written. The id tells the message from one of a room begun anew. */
export interface HalfEdit {
  seq: number
  id: string
  text: string
}

export interface HalfEditMemory {
  read(): HalfEdit | undefined
  keep(half: HalfEdit | undefined): void
}

/** What is being changed in a room: it survives what a draft survives. */
export function halfEditMemory(room: string): HalfEditMemory {
  const key = `edit:${room}`
  return {
    read() {
      try {
        const fields = fieldsOf(JSON.parse(readKept(key) ?? 'null'))
        const [seq, id, text] = [numberOf(fields?.seq), textOf(fields?.id), textOf(fields?.text)]
        return seq === undefined || id === undefined || text === undefined ? undefined : { seq, id, text }
      } catch {
        return undefined
      }
    },
    keep: (half) => keep(key, half === undefined ? '' : JSON.stringify(half)),
  }
}
