import { describe, expect, it } from 'vitest'
import { type Budget, type BudgetLease, leaseFrom, limitOfErasing } from '../../../src/room/model/budget.ts'
import { priceOf } from '../../../src/room/model/price.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const MORNING = 20_000 * DAY_MS + 8 * 60 * 60 * 1_000

/** Leases until there is nothing left; answers what was given in all, and the last answer. */
function leaseAll(asked: Partial<BudgetLease>, kept?: Budget) {
  let budget = kept
  for (let given = 0, calls = 0; ; calls++) {
    const lease = leaseFrom(
      budget,
      { want: 10, parts: [], shareOfRest: 1 / 16, limit: 9_000, ...asked },
      MORNING,
    )
    budget = lease.budget
    given += lease.units
    if (lease.units === 0) return { budget, given, calls, last: lease }
  }
}

describe('the budget of a network', () => {
  it('[BU1] gives no more in a day than its units, with the rows that giving writes', () => {
    const { budget, given, calls, last } = leaseAll({})
    expect(budget.used).toBeLessThanOrEqual(9_000)
    expect(budget.used).toBeGreaterThan(8_990)
    expect(given).toBe(budget.used - calls - 3)
    expect(last.retryAfter).toBe(16 * 60 * 60 * 1_000)
  })

  it('[BU2] gives much at first and little at last, so that few calls are made and little is lost', () => {
    expect(leaseAll({}).calls).toBeLessThan(80)
    const first = leaseFrom(undefined, { want: 10, parts: [], shareOfRest: 1 / 16, limit: 9_000 }, MORNING)
    expect(first.units).toBe(562)
    const late = { ...first.budget, used: 8_000 }
    expect(leaseFrom(late, { want: 10, parts: [], shareOfRest: 1 / 16, limit: 9_000 }, MORNING).units).toBe(
      62,
    )
    expect(leaseFrom(late, { want: 100, parts: [], shareOfRest: 1 / 16, limit: 9_000 }, MORNING).units).toBe(
      100,
    )
  })

  it('[BU3] counts what was used on trust before', () => {
    const { budget } = leaseFrom(
      undefined,
      { want: 10, owed: 240, parts: [], shareOfRest: 0, limit: 9_000 },
      MORNING,
    )
    expect(budget.used).toBe(240 + 10 + 4)
  })

  it('[BU4] is whole again at midnight, UTC', () => {
    const { budget } = leaseAll({})
    const asked = { want: 10, parts: [], shareOfRest: 0, limit: 9_000 }
    expect(leaseFrom(budget, asked, MORNING + 16 * 60 * 60 * 1_000 - 1).units).toBe(0)
    expect(leaseFrom(budget, asked, MORNING + 16 * 60 * 60 * 1_000).units).toBe(10)
  })

  it('[BU5] leaves something for the neighbours of a household and of a customer, and not twice', () => {
    const household = leaseAll({ parts: ['customer', 'household'] })
    expect(household.given).toBeLessThanOrEqual(6_750)
    const next = leaseAll({ parts: ['customer', 'next door'] }, household.budget)
    expect(household.given + next.given).toBeLessThanOrEqual(7_875)
    expect(next.given).toBeGreaterThan(1_000)
    const other = leaseAll({ parts: ['other customer', 'elsewhere'] }, next.budget)
    expect(other.budget.used).toBeGreaterThan(8_990)
    expect(other.budget.used).toBeLessThanOrEqual(9_000)
  })
})

it('[BU32] pays for a small erasure as long as it can pay for seven more, and for a large one up to half', () => {
  const canPay = (units: number, used: number) => {
    const asked = { want: units, parts: [], shareOfRest: 0, limit: limitOfErasing(units, 9_000) }
    return leaseFrom({ day: MORNING - (MORNING % DAY_MS), used, parts: {} }, asked, MORNING).units === units
  }
  const last = (units: number) => {
    for (let used = 9_000; used >= 0; used--) if (canPay(units, used)) return used
    return undefined
  }
  expect([8, 50, 605, 1_000].map(last)).toEqual([8_935, 8_599, 4_159, 3_499])
})

it('[BU6] work costs what it takes most of: rows written, rows read or time', () => {
  expect(priceOf({ rowsWritten: 3, rowsRead: 100, awakeMs: 500 })).toBe(3)
  expect(priceOf({ rowsRead: 100, awakeMs: 500 })).toBe(2)
  expect(priceOf({ awakeMs: 4_000 })).toBe(4)
  expect(priceOf({})).toBe(0)
})
