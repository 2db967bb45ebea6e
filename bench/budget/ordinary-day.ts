import { setTimeout as sleep } from 'node:timers/promises'
import type { Counts } from '../../src/platform/billing/usage.ts'
import { BenchPerson } from './bench-person.ts'
import type { OrdinaryDay } from './budget-report.ts'

const PEOPLE = 30
const JOINS = 20
const MESSAGES = 100
const PAGES = 5
const ROOMS = 6
/** A person's messages are so far apart: the day is short, but nobody types faster than people do. */
const EVERY_MS = 250
const ADDRESS = '198.51.100.7'

/** The day of thirty people behind one address, in rooms where somebody else is too. */
export async function ordinaryDay(
  url: string,
  counts: () => Promise<Counts & { leases: number }>,
): Promise<OrdinaryDay> {
  const rooms = Array.from({ length: ROOMS }, (_, n) => `hall-${n}`)
  for (const room of rooms) await new BenchPerson(url).join(room)
  const before = await counts()
  const people = Array.from({ length: PEOPLE }, () => new BenchPerson(url, ADDRESS))
  let acked = 0
  await Promise.all(
    people.map(async (person, who) => {
      await sleep(who * 100)
      for (let visit = 0; visit < JOINS; visit++) {
        const room = rooms[(who + visit) % ROOMS] ?? ''
        await person.call(`/api/rooms/${room}`)
        await person.join(room)
        if (visit % (JOINS / PAGES) === 0)
          await person.ask('msgHistory', { limit: 50 }, ({ event }) => event === 'msgHistory')
        for (let n = 0; n < MESSAGES / JOINS; n++) {
          person.send('userTyping', { username: person.name })
          await sleep(EVERY_MS)
          if (await person.say(`${visit} ${n}`)) acked += 1
        }
        await person.leave()
      }
    }),
  )
  await sleep(3_000)
  const after = await counts()
  const refusals = people.reduce((sum, one) => sum + one.refusals, 0)
  // The Worker has each call and each upgrade as a request of its own.
  const calls = after.calls - before.calls
  const requests = 2 * calls + after.errands - before.errands + (after.frames - before.frames) / 20
  return {
    people: PEOPLE,
    joins: PEOPLE * JOINS,
    messages: PEOPLE * MESSAGES,
    acked,
    refusals,
    requests,
    leases: after.leases - before.leases,
    rowsWritten: after.rowsWritten - before.rowsWritten,
    rowsRead: after.rowsRead - before.rowsRead,
    activeMs: after.activeMs - before.activeMs,
  }
}
