import type { Results } from '../results.ts'
import { figureOf } from './statistics.ts'
import { type Bar, barsSvg, lineSvg } from './svg.ts'

export interface Plot {
  scenario: string
  file: string
  title: string
  svg: string
}

/** The figures to draw: the most telling ones of each scenario. */
const DRAWN: readonly { scenario: string; figure: string; title: string; times?: number }[] = [
  {
    scenario: 'talk-1',
    figure: 'deliveriesPerSecond',
    title: 'Deliveries a second, 100 talking, one in flight',
  },
  { scenario: 'talk-1', figure: 'cpuPer100k', title: 'CPU seconds of 100,000 deliveries, 100 talking' },
  {
    scenario: 'talk-16',
    figure: 'deliveriesPerSecond',
    title: 'Deliveries a second, 100 talking, 16 in flight',
  },
  {
    scenario: 'fan-50',
    figure: 'deliveriesPerSecond',
    title: 'Deliveries a second, 1 talker to 50 listeners',
  },
  {
    scenario: 'fan-200',
    figure: 'deliveriesPerSecond',
    title: 'Deliveries a second, 1 talker to 200 listeners',
  },
  {
    scenario: 'fan-1000',
    figure: 'deliveriesPerSecond',
    title: 'Deliveries a second, 1 talker to 1,000 listeners',
  },
  { scenario: 'calm', figure: 'p50', title: 'Latency p50 in ms, 150 messages a second' },
  {
    scenario: 'calm',
    figure: 'cpuPer100k',
    title: 'CPU seconds of 100,000 deliveries, 150 messages a second',
  },
  { scenario: 'quiet', figure: 'p50', title: 'Latency p50 in ms, quiet room' },
  { scenario: 'rooms-5', figure: 'deliveriesPerSecond', title: 'Deliveries a second, 200 rooms of 5' },
  { scenario: 'joins-10000', figure: 'joinsPerSecond', title: 'Joins a second, room with 10,000 messages' },
  { scenario: 'open', figure: 'cpuMsPerConnection', title: 'CPU ms of opening a connection and joining' },
  {
    scenario: 'idle-1000',
    figure: 'bytesPerConnection',
    title: 'KiB a connection, 1,000 idle connections',
    times: 1 / 1024,
  },
]

export function plots({ runs }: Results): Plot[] {
  const bars = DRAWN.flatMap(({ scenario, figure, title, times = 1 }) => {
    const drawn = new Set(runs.filter((run) => run.scenario === scenario).map(({ system }) => system))
    const all: Bar[] = [...drawn].flatMap((system) => {
      const spread = figureOf(runs, { scenario, system, figure })
      if (spread === undefined) return []
      const { median, min, max, rounds } = spread
      const label = runs.find((run) => run.system === system)?.systemTitle ?? system
      const scaled = { median: median * times, min: min * times, max: max * times, rounds }
      return [{ label, spread: scaled, isOurs: system === 'hallway' }]
    })
    const file = `${scenario}-${figure}.svg`
    return all.length > 1 ? [{ scenario, file, title, svg: barsSvg(title, all) }] : []
  })
  const lines = runs.flatMap(({ scenario, series }) => {
    if (series === undefined) return []
    const title = 'Memory of the server during the soak, MiB'
    const svg = lineSvg(
      title,
      series.map((bytes) => bytes / 2 ** 20),
      { first: 'start', last: 'end' },
    )
    return [{ scenario, file: `${scenario}.svg`, title, svg }]
  })
  return [...bars, ...lines]
}
