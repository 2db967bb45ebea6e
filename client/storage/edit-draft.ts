import { fieldsOf, numberOf, textOf } from '../lib/parse-unknown.ts'
import { readLocal, writeLocal } from './local-storage.ts'

/** An unfinished edit of a message. The id tells the message from one with the same `seq` in an erased room. */
export interface EditDraft {
  seq: number
  id: string
  text: string
}

export interface EditDraftStorage {
  read(): EditDraft | undefined
  keep(half: EditDraft | undefined): void
}

/** The unfinished edit of a room. It survives what a draft survives. */
export function editDraftStorage(room: string): EditDraftStorage {
  const key = `edit:${room}`
  return {
    read() {
      try {
        const fields = fieldsOf(JSON.parse(readLocal(key) ?? 'null'))
        const [seq, id, text] = [numberOf(fields?.seq), textOf(fields?.id), textOf(fields?.text)]
        return seq === undefined || id === undefined || text === undefined ? undefined : { seq, id, text }
      } catch {
        return undefined
      }
    },
    keep: (half) => writeLocal(key, half === undefined ? '' : JSON.stringify(half)),
  }
}
