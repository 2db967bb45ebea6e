import { describe, expect, it } from 'vitest'
import { entry, type InStorage } from './storage.ts'

/** The `seq` of ten messages, with other changes between them: pages contain only these. */
const SEQS = [1, 2, 3, 5, 8, 13, 14, 15, 20, 21]

/** Pages of messages. `inRoom` gives the storage of a new, empty room. */
export function historyContract(inRoom: InStorage): void {
  describe('a page', () => {
    const pages = [
      [{ limit: 3 }, [15, 20, 21]],
      [{ limit: 10 }, SEQS],
      [{ limit: 11 }, SEQS],
      [{ before: 14, limit: 3 }, [5, 8, 13]],
      [{ before: 12, limit: 2 }, [5, 8]],
      [{ before: 3, limit: 9 }, [1, 2]],
      [{ before: 1, limit: 9 }, []],
      [{ before: 0, limit: 9 }, []],
      [{ before: 99, limit: 1 }, [21]],
      [{ after: 0, limit: 2 }, [1, 2]],
      [{ after: 3, limit: 2 }, [5, 8]],
      [{ after: 4, limit: 2 }, [5, 8]],
      [{ after: 15, limit: 9 }, [20, 21]],
      [{ after: 21, limit: 9 }, []],
      [{ around: 13, limit: 4 }, [8, 13, 14, 15]],
      [{ around: 13, limit: 5 }, [5, 8, 13, 14, 15]],
      [{ around: 13, limit: 1 }, [13]],
      [{ around: 12, limit: 4 }, [5, 8, 13, 14]],
      [{ around: 1, limit: 4 }, [1, 2, 3, 5]],
      [{ around: 21, limit: 4 }, [20, 21]],
      [{ around: 0, limit: 2 }, [1, 2]],
    ] as const
    it.each(pages)('[ST22] %j holds the messages %j', (query, seqs) =>
      inRoom((storage) => {
        const store = storage.open()
        for (let seq = 1; seq <= 21; seq++) {
          const isMessage = SEQS.includes(seq)
          store.append(
            isMessage
              ? entry('updateChat', seq, { body: `${seq}` })
              : entry('setTopic', seq, { topic: `${seq}` }),
          )
        }
        const expected = seqs.map((seq) => entry('updateChat', seq, { body: `${seq}` }).data)
        expect(storage.open().page(query)).toEqual(expected)
      }),
    )
  })
}
