import type { Load } from './load/load.ts'

export interface Scenario {
  name: string
  title: string
  load: Load
  /** Names of systems, in the order of the first round. */
  systems: readonly string[]
  rounds: number
  /** The messages in the room's history when the measurement starts. */
  behind?: number
  /** Whether the server keeps its data in memory, so that no commit waits for a disk. */
  inMemory?: boolean
}

const EVERYONE = ['hallway', 'bare-insert', 'bare', 'gathering', 'party', 'socketio', 'ws']
const RIVALS = ['hallway', 'bare-insert', 'socketio']

/** Every scenario. A quick run has fewer systems, one round and short windows: a glance, not a proof. */
export function scenarios({ quick }: { quick: boolean }): Scenario[] {
  const rounds = quick ? 1 : 3
  const window = quick ? { warmSeconds: 0.8, seconds: 1.2 } : { warmSeconds: 2, seconds: 5 }
  const peers = quick ? RIVALS : EVERYONE
  const fan = (people: number): Scenario => ({
    name: `fan-${people}`,
    title: `1 talker, ${people} listeners`,
    load: { kind: 'talk', people: people + 1, talkers: 1, outstanding: 1, ...window },
    systems: peers,
    rounds,
  })
  const talk = (outstanding: number): Scenario => ({
    name: `talk-${outstanding}`,
    title: `100 people talking, ${outstanding} in flight each`,
    load: { kind: 'talk', people: 100, talkers: 100, outstanding, ...window },
    systems: peers,
    rounds,
  })
  const joins = (behind: number): Scenario => ({
    name: `joins-${behind}`,
    title: `Joins to a room with ${behind.toLocaleString('en')} messages`,
    load: { kind: 'joins', lanes: 8, ...window },
    systems: quick ? ['hallway', 'bare-insert'] : RIVALS,
    rounds,
    behind,
  })
  const idle = (people: number): Scenario => ({
    name: `idle-${people}`,
    title: `${people.toLocaleString('en')} silent people`,
    load: { kind: 'idle', people, settleSeconds: quick ? 11 : 15, seconds: quick ? 2 : 10 },
    systems: quick ? ['hallway', 'bare'] : ['hallway', 'bare', 'party', 'socketio', 'ws'],
    rounds,
  })
  const rooms: Scenario = {
    name: 'rooms-5',
    title: '200 rooms of 5 people talking, 1 in flight each',
    load: { kind: 'talk', rooms: 200, people: 5, talkers: 5, outstanding: 1, ...window },
    systems: ['hallway', 'bare-insert', 'bare'],
    rounds,
  }
  return [
    ...(quick ? [1, 100] : [1, 100, 1600]).map((messages) => blast(messages, window)),
    ...(quick ? [200] : [50, 200, 1000]).map(fan),
    talk(1),
    talk(16),
    {
      name: 'calm',
      title: '100 people, 150 messages a second',
      load: { kind: 'pace', people: 100, perSecond: 150, ...window, ...(quick ? {} : { seconds: 10 }) },
      systems: peers,
      rounds,
    },
    {
      name: 'quiet',
      title: '10 people, two messages a second',
      load: { kind: 'pace', people: 10, perSecond: 2, warmSeconds: 1, seconds: quick ? 4 : 40 },
      systems: quick ? ['hallway', 'bare-insert'] : RIVALS,
      rounds: quick ? 1 : 2 * rounds,
    },
    { ...rooms, systems: peers },
    ...(quick
      ? []
      : [{ ...rooms, name: 'rooms-5-memory', title: `${rooms.title}, no disk`, inMemory: true }]),
    ...(quick ? [10_000] : [0, 100, 10_000, 100_000]).map(joins),
    {
      name: 'open',
      title: '1,000 people join a room and stay',
      load: { kind: 'open', people: quick ? 300 : 1000 },
      systems: quick ? ['hallway', 'bare'] : ['hallway', 'bare', 'bare-insert', 'party', 'socketio', 'ws'],
      rounds,
    },
    ...(quick ? [1000] : [1000, 5000]).map(idle),
    {
      name: 'rows',
      title: 'Rows written',
      load: { kind: 'rows', people: 100, seconds: quick ? 1 : 5 },
      systems: ['counting'],
      rounds,
    },
    ...(quick ? [] : [soak]),
  ]
}

/** Measures the load generator alone. */
function blast(messages: number, window: { warmSeconds: number; seconds: number }): Scenario {
  return {
    name: `blast-${messages}`,
    title: `The load generator against a server that only sends, ${messages} a frame`,
    load: { kind: 'blast', people: 100, ...window },
    systems: [`blast-${messages}`],
    rounds: 1,
  }
}

const soak: Scenario = {
  name: 'soak',
  title: 'Ten minutes at 150 messages a second, while people join and leave',
  load: { kind: 'soak', people: 100, perSecond: 150, seconds: 600, everySeconds: 10 },
  systems: ['hallway'],
  rounds: 1,
}
