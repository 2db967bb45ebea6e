import type { Results } from '../results.ts'
import { type Figure, figureOf, ratioOf, type Spread } from './statistics.ts'

/** A goal for Hallway: a bound for a figure, or for its ratio to a peer's figure of the same rounds. */
export interface Goal {
  /** The key in `why.json` of the reason why a goal is not met. */
  name: string
  title: string
  scenario: string
  figure: string
  system?: string
  /** The figure to compare with; by default of the same scenario. */
  over?: { system: string; title: string; scenario?: string }
  bound: { atLeast: number } | { atMost: number } | { within: [number, number] }
}

const BARE = { system: 'bare', title: 'bare' }
const INSERT = { system: 'bare-insert', title: 'bare + INSERT' }
const SOCKETIO = { system: 'socketio', title: 'Socket.IO + SQLite' }

const joins = (behind: number): Goal => ({
  name: `joins-${behind}`,
  title: `joins a second, room with ${behind.toLocaleString('en')} messages`,
  scenario: `joins-${behind}`,
  figure: 'joinsPerSecond',
  over: INSERT,
  bound: { atLeast: 1 },
})

const memory = (people: number): Goal => ({
  name: `memory-${people}`,
  title: `memory a connection, ${people.toLocaleString('en')} connections`,
  scenario: `idle-${people}`,
  figure: 'bytesPerConnection',
  over: BARE,
  bound: { atMost: 1.3 },
})

const rows = (figure: string, title: string, atMost: number): Goal => ({
  name: figure,
  title,
  scenario: 'rows',
  system: 'counting',
  figure,
  bound: { atMost },
})

export const GOALS: readonly Goal[] = [
  {
    name: 'talk-1-socketio',
    title: 'deliveries a second, 100 talking, one in flight',
    scenario: 'talk-1',
    figure: 'deliveriesPerSecond',
    over: SOCKETIO,
    bound: { atLeast: 8 },
  },
  {
    name: 'talk-1-insert',
    title: 'deliveries a second, 100 talking, one in flight',
    scenario: 'talk-1',
    figure: 'deliveriesPerSecond',
    over: INSERT,
    bound: { atLeast: 12 },
  },
  {
    name: 'talk-16-insert',
    title: 'deliveries a second, 100 talking, 16 in flight',
    scenario: 'talk-16',
    figure: 'deliveriesPerSecond',
    over: INSERT,
    bound: { atLeast: 40 },
  },
  {
    name: 'fan-50-deliveries',
    title: 'deliveries a second, one talker to 50',
    scenario: 'fan-50',
    figure: 'deliveriesPerSecond',
    over: INSERT,
    bound: { atLeast: 0.8 },
  },
  {
    name: 'fan-50-p50',
    title: 'latency p50, one talker to 50',
    scenario: 'fan-50',
    figure: 'p50',
    over: INSERT,
    bound: { atMost: 1.25 },
  },
  {
    name: 'talk-1-cpu',
    title: 'CPU of 100,000 deliveries, 100 talking, one in flight',
    scenario: 'talk-1',
    figure: 'cpuPer100k',
    over: SOCKETIO,
    bound: { atMost: 0.1 },
  },
  {
    name: 'calm-cpu',
    title: 'CPU of 100,000 deliveries, calm 150 a second',
    scenario: 'calm',
    figure: 'cpuPer100k',
    over: INSERT,
    bound: { atMost: 1.1 },
  },
  {
    name: 'calm-p50',
    title: 'latency p50, calm 150 a second',
    scenario: 'calm',
    figure: 'p50',
    over: INSERT,
    bound: { atMost: 1.5 },
  },
  {
    name: 'quiet-p50',
    title: 'latency p50, quiet room',
    scenario: 'quiet',
    figure: 'p50',
    over: INSERT,
    bound: { atMost: 1.3 },
  },
  {
    name: 'quiet-p99',
    title: 'latency p99, quiet room',
    scenario: 'quiet',
    figure: 'p99',
    over: INSERT,
    bound: { atMost: 1.3 },
  },
  {
    name: 'rooms-5',
    title: 'deliveries a second, 200 rooms of 5',
    scenario: 'rooms-5',
    figure: 'deliveriesPerSecond',
    over: INSERT,
    bound: { atLeast: 1 },
  },
  joins(0),
  joins(100),
  joins(10_000),
  joins(100_000),
  {
    name: 'joins-behind',
    title: 'joins a second, room with 100,000 messages compared with 100',
    scenario: 'joins-100000',
    figure: 'joinsPerSecond',
    over: { system: 'hallway', title: 'itself', scenario: 'joins-100' },
    bound: { within: [0.75, 1.33] },
  },
  {
    name: 'open-cpu',
    title: 'CPU of opening a connection and joining',
    scenario: 'open',
    figure: 'cpuMsPerConnection',
    over: BARE,
    bound: { atMost: 1.3 },
  },
  memory(1000),
  memory(5000),
  rows('rowsPerMessage', 'rows written a message, quiet room', 1),
  rows('rowsForPresence', 'rows written for typing, presence and joins of returning people', 0),
  rows('rowsPerBusyMessage', 'rows written a message, 100 talking', 1),
  {
    name: 'soak',
    title: 'memory at the end of the soak, compared with its start',
    scenario: 'soak',
    figure: 'growth',
    bound: { atMost: 1.05 },
  },
]

export interface Judged {
  goal: Goal
  measured: Spread | undefined
  /** Undefined if it was not measured. */
  isMet: boolean | undefined
}

/** Compares every goal with its figure: the median decides. */
export function judge({ runs }: Results): Judged[] {
  return GOALS.map((goal) => {
    const { scenario, figure, system = 'hallway', over } = goal
    const of: Figure = { scenario, system, figure }
    const measured = over
      ? ratioOf(runs, of, { scenario: over.scenario ?? scenario, system: over.system, figure })
      : figureOf(runs, of)
    return { goal, measured, isMet: measured && isWithin(goal, measured.median) }
  })
}

function isWithin({ bound }: Goal, value: number): boolean {
  if ('atLeast' in bound) return value >= bound.atLeast
  if ('atMost' in bound) return value <= bound.atMost
  const [least, most] = bound.within
  return value >= least && value <= most
}
