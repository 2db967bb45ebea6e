import { Person, type Target } from './load-person.ts'

const AT_ONCE = 16

/** Lets `people` people join each of `rooms` rooms, room by room, a few at a time. */
export async function seat(
  target: Target,
  { rooms = 1, people, first = 0 }: { rooms?: number; people: number; first?: number },
): Promise<Person[]> {
  const all = Array.from({ length: rooms * people }, (_, at) => {
    const room = `bench-${Math.floor(at / people)}`
    return new Person(target, { index: first + at, room })
  })
  await inTurn(all, (person) => person.enter())
  return all
}

/** Runs a task for each item, a few at a time. */
export async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values()
  const lane = async () => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}
