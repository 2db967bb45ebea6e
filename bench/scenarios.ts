import type { Load } from './load/load.ts'

export interface Scenario {
  name: string
  title: string
  load: Load
  /** Names of systems, in the order of the first round. */
  systems: readonly string[]
  rounds: number
  /** How many messages the room has behind it when the measurement begins. */
  behind?: number
  /** Whether the server's data is kept in memory, where no commit waits for a disk. */
  inMemory?: boolean
}

const EVERYONE = ['hallway', 'bare-insert', 'bare', 'gathering', 'party', 'socketio', 'ws']
const RIVALS = ['hallway', 'bare-insert', 'socketio']

/** All that is measured. A quick run has fewer systems, one round and short windows: a look, and no proof. */
export function scenarios({ quick }: { quick: boolean }): Scenario[] {
  const rounds = quick ? 1 : 3
  const window = quick ? { warmSeconds: 0.8, seconds: 1.2 } : { warmSeconds: 2, seconds: 5 }
  const peers = quick ? RIVALS : EVERYONE
  const fan = (people: number): Scenario => ({
    name: `fan-${people}`,
    title: `One speaks, ${people} listen`,
    load: { kind: 'talk', people: people + 1, talkers: 1, outstanding: 1, ...window },
    systems: peers,
    rounds,
  })
  const talk = (outstanding: number): Scenario => ({
    name: `talk-${outstanding}`,
    title: `100 people all talking, ${outstanding} of each on the way`,
    load: { kind: 'talk', people: 100, talkers: 100, outstanding, ...window },
    systems: peers,
    rounds,
  })
  const joins = (behind: number): Scenario => ({
    name: `joins-${behind}`,
    title: `Joins, ${behind.toLocaleString('en')} messages behind`,
    load: { kind: 'joins', lanes: 8, ...window },
    systems: quick ? ['hallway', 'bare-insert'] : RIVALS,
    rounds,
    behind,
  })
  const idle = (people: number): Scenario => ({
    name: `idle-${people}`,
    title: `${people.toLocaleString('en')} people who say nothing`,
    load: { kind: 'idle', people, settleSeconds: quick ? 11 : 15, seconds: quick ? 2 : 10 },
    systems: quick ? ['hallway', 'bare'] : ['hallway', 'bare', 'party', 'socketio', 'ws'],
    rounds,
  })
  const rooms: Scenario = {
    name: 'rooms-5',
    title: '200 rooms of 5, all talking, one of each on the way',
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
      title: '1,000 people come into one room and stay',
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

/** The load generator by itself. */
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
  title: 'Ten minutes at 150 messages a second, people coming and going',
  load: { kind: 'soak', people: 100, perSecond: 150, seconds: 600, everySeconds: 10 },
  systems: ['hallway'],
  rounds: 1,
}
