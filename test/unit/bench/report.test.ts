import { describe, expect, it } from 'vitest'
import { GOALS, judge } from '../../../bench/report/goals.ts'
import { markdown } from '../../../bench/report/markdown.ts'
import { plots } from '../../../bench/report/plots.ts'
import type { Results, Run } from '../../../bench/results.ts'
import { scenarios } from '../../../bench/scenarios.ts'
import { allSystems } from '../../../bench/systems/systems.ts'

const about = {
  commit: 'abc1234',
  date: '2026-01-01',
  command: 'npm run bench',
  cpu: 'a processor',
  cores: 2,
  memoryGiB: 4,
  kernel: '6.0',
  pinned: true,
  versions: { workerd: '1' },
  settings: { RATE_BURST: '9' },
}

/** Rounds of `talk-1`, each with a factor by which Hallway is faster than Socket.IO. */
function talk(times: readonly number[]): Results {
  const run = (system: string, systemTitle: string, round: number, deliveriesPerSecond: number): Run => ({
    commit: 'abc1234',
    scenario: 'talk-1',
    title: 'All talking',
    system,
    systemTitle,
    round,
    figures: { deliveriesPerSecond, serverShare: 1 },
  })
  const runs = times.flatMap((factor, round) => [
    run('hallway', 'Hallway', round, 1000 * factor),
    run('socketio', 'Socket.IO + SQLite', round, 1000),
  ])
  return { about, runs }
}

const verdictOf = (results: Results) => judge(results).find(({ goal }) => goal.name === 'talk-1-socketio')

describe('goals', () => {
  it('[BN11] each have their own name, and refer to scenarios and systems that exist', () => {
    const planned = scenarios({ quick: false })
    for (const { scenario, over, system = 'hallway' } of GOALS) {
      const systems = planned.find(({ name }) => name === scenario)?.systems
      expect([scenario, systems]).toEqual([scenario, expect.arrayContaining([system])])
      if (over === undefined) continue
      const others = planned.find(({ name }) => name === (over.scenario ?? scenario))?.systems
      expect([scenario, others]).toEqual([scenario, expect.arrayContaining([over.system])])
    }
    expect(new Set(GOALS.map(({ name }) => name)).size).toBe(GOALS.length)
  })

  it('[BN12] are met if the median of the rounds reaches them, and are not judged without a measurement', () => {
    expect(verdictOf(talk([7, 8, 30]))).toMatchObject({
      measured: { median: 8, min: 7, max: 30 },
      isMet: true,
    })
    expect(verdictOf(talk([7, 7.9, 30]))?.isMet).toBe(false)
    expect(verdictOf({ about, runs: [] })?.isMet).toBeUndefined()
  })
})

describe('the plan of a bench run', () => {
  it('[BN13] names only systems that exist, in a quick run and a full one', () => {
    const names = allSystems('/nowhere').map(({ name }) => name)
    for (const quick of [true, false]) {
      for (const { systems } of scenarios({ quick }))
        expect(names).toEqual(expect.arrayContaining([...systems]))
    }
  })
})

describe('the report', () => {
  it('[BN14] has every goal with its spread and reason, a table for every scenario, and the plots', () => {
    const results = talk([7, 7.5, 9])
    const drawn = plots(results)
    const page = markdown(results, {
      plots: drawn,
      whys: { 'talk-1-socketio': 'A reason.' },
      tried: undefined,
    })
    expect(page).toContain(
      '| deliveries a second, 100 talking, one in flight | ≥ 8 × Socket.IO + SQLite | 7.5 (7–9) | not met | A reason. |',
    )
    expect(page.match(/not measured/g)).toHaveLength(GOALS.length - 1)
    expect(page).toContain('| Hallway | 7,500 (7,000–9,000) | 100 (100–100) |')
    expect(page).toContain('`npm run bench` on 2026-01-01, commit `abc1234`')
    expect(page).toContain('- Measured at commit `abc1234`: talk-1\n')
    expect(page).toContain(
      '![Deliveries a second, 100 talking, one in flight](talk-1-deliveriesPerSecond.svg)',
    )
  })

  it('[BN15] names each failed round and its error', () => {
    const results = talk([8, 8, 8])
    const [first, ...others] = results.runs
    if (first === undefined) throw new Error('unreachable')
    const failed = { ...first, figures: {}, failed: 'Error: the server closed the socket\n  at somewhere' }
    const page = markdown({ about, runs: [failed, ...others] }, { plots: [], whys: {}, tried: undefined })
    expect(page).toContain('Hallway [1 of 3 rounds failed]')
    expect(page).toContain('- Hallway, round 1: Error: the server closed the socket\n')
  })

  it('[BN16] draws bars from zero with the spread of the rounds, and escapes titles', () => {
    const results = talk([4, 8, 10])
    for (const run of results.runs) run.systemTitle = run.systemTitle.replace('Socket.IO', '<Socket & IO>')
    const svg = plots(results)[0]?.svg ?? ''
    expect(svg).toContain('&lt;Socket &amp; IO&gt; + SQLite')
    expect(svg).toMatch(/class="bar ours" x="190" y="44" width="304"/)
    expect(svg).toMatch(/class="spread" x1="342" x2="570"/)
  })
})
