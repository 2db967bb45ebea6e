import type { OutboxFrame, Session, TimelineItem } from '../../client/session/index.ts'
import type { Backup } from './platform.ts'
import type { SimulatedAction } from './simulated-actions.ts'
import type { SimulatedTab } from './simulated-tab.ts'
import type { Simulation } from './simulation.ts'

type Row = Extract<TimelineItem, { kind: 'message' }>

/** A device's clock steps by up to half of this, either way. */
const MOST_STEP_MS = 24 * 60 * 60 * 1_000
const EMOJI = ['👍', '🎉', '❤️', '👀'] as const
const NAMES = ['Ann', 'Ben', 'Cleo', 'ann', 'Person 1'] as const

/** Runs the actions of a history. An action without a target does nothing. */
export class ActionRunner {
  readonly #simulation: Simulation
  #backup: Backup | undefined

  constructor(simulation: Simulation) {
    this.#simulation = simulation
  }

  run(action: SimulatedAction): void {
    const { world, tabs, platform } = this.#simulation
    const tab = tabs[action.tab]
    if (tab === undefined) return
    world.counts.actions += 1
    world.clock.stirred = true
    world.trace?.(`${tab.name} ${action.do} ${action.one} ${action.other}`)
    const line = tab.socket
    switch (action.do) {
      case 'open':
        return tab.open()
      case 'close':
        return tab.close()
      case 'crash':
        return tab.crash()
      case 'reload':
        tab.close()
        return tab.open()
      case 'freeze':
        return tab.freeze(100 * 2_000 ** action.one)
      case 'cut':
        return line?.cut()
      case 'silence':
        return line?.silence(WAYS[Math.floor(action.one * 3)] ?? 'both')
      case 'lose':
        return line?.lose(1 + Math.floor(action.one * 3))
      case 'delay':
        return line?.delay(100 * 300 ** action.one, WAYS[Math.floor(action.other * 3)] ?? 'both')
      case 'hideClose':
        line?.hideClose()
        return action.one < 0.7 ? line?.cut() : undefined
      case 'evict':
        return platform.evict()
      case 'kill':
        return platform.kill(1006)
      case 'deploy':
        return platform.kill(action.one < 0.7 ? 1012 : 1006)
      case 'outage':
        return platform.kill(1006, 1_000 * 60 ** action.one)
      case 'fail':
        return platform.failIn(1 + Math.floor(action.one * 12))
      case 'setBack':
        return platform.setBack(1_000 * 40_000 ** action.one)
      case 'refuseWrites':
        return platform.refuseWrites(1_000 * 600 ** action.one)
      case 'slow':
        return platform.setSlow(action.one < 0.4 ? 0 : Math.ceil(30_000 * action.other))
      case 'stepClock':
        tab.person.skew += Math.floor((action.one - 0.5) * MOST_STEP_MS)
        return
      case 'refuseStorage':
        return this.#refuseStorage(tab, action)
      case 'trim':
        return platform.trim(action.one)
      case 'erase':
        return platform.erase()
      case 'copy':
        this.#backup = platform.backUp()
        return
      case 'sayAll':
        for (const other of tabs) if (other.session && !other.isFrozen) this.#say(other, other.session)
        return
      case 'restore':
        return this.#backup && platform.restore(this.#backup)
      default:
        tab.open()
        tab.thaw()
        return tab.session && this.#act(tab, tab.session, { ...action, do: action.do })
    }
  }

  /** The browser's storage answers no call for a while, or refuses each one. */
  #refuseStorage({ person, name }: SimulatedTab, { one, other }: SimulatedAction): void {
    const { clock, trace } = this.#simulation.world
    const until = Promise.withResolvers<void>()
    person.failing = { how: other < 0.5 ? 'refuses' : 'is late', over: until.promise }
    person.hasFailed = true
    const ms = 100 * 600 ** one
    trace?.(`${name} its storage ${person.failing.how} for ${Math.round(ms)} ms`)
    clock.after(ms, () => {
      clock.stirred = true
      person.failing = undefined
      until.resolve()
    })
  }

  #act(tab: SimulatedTab, session: Session, { do: what, one, other }: SessionAction): void {
    const { view } = session
    switch (what) {
      case 'offline':
      case 'online':
        tab.isOnline = what === 'online'
        return session.setOnline(tab.isOnline)
      case 'show':
        return session.setVisible(true)
      case 'typing':
        return session.typing()
      case 'rename':
        tab.person.username = pick(NAMES, one) ?? ''
        return session.rename(tab.person.username)
      case 'older':
        void session.loadOlder()
        return
      case 'around':
        // Readers scroll on from where they come.
        void session
          .loadAround(1 + Math.floor(one * this.#simulation.reference.seq))
          .then(() => (other < 0.7 ? session.loadOlder() : undefined))
        return
      case 'newer':
        void session.loadNewer()
        return
      case 'leave':
        session.leaveHistoryWindow()
        if (one < 0.7) void session.loadOlder()
        return
      case 'say':
        return this.#say(tab, session)
      case 'burst':
        for (let sent = 0; sent < 5 + one * 40; sent++) this.#say(tab, session)
        return
      case 'topic':
        return this.#type(
          tab,
          'setTopic',
          session.setTopic(this.#simulation.newText().slice(0, 40).replaceAll('\n', '.')),
        )
      case 'retry':
      case 'discard':
        return this.#retryOrDiscard(tab, session, what, one)
      case 'reply':
      case 'edit':
      case 'remove':
      case 'react':
      case 'unreact': {
        const rows = view.timeline.filter((item) => item.kind === 'message')
        const row = pick(rows, one)
        return row && this.#change(tab, session, what, row, other)
      }
      default:
        return what satisfies never
    }
  }

  #say(tab: SimulatedTab, session: Session): void {
    this.#type(tab, 'updateChat', session.send(this.#simulation.newText()))
  }

  #change(tab: SimulatedTab, session: Session, what: ChangeAction, row: Row, other: number): void {
    const { seq } = row.message
    const emoji = pick(EMOJI, other) ?? ''
    switch (what) {
      case 'reply':
        return this.#type(tab, 'updateChat', session.send(this.#simulation.newText(), { replyTo: seq }))
      case 'edit':
        return this.#type(tab, 'editChat', session.edit(seq, this.#simulation.newText()))
      case 'remove':
        return this.#type(tab, 'deleteChat', session.remove(seq))
      case 'react':
      case 'unreact':
        return this.#type(tab, 'react', session.react(seq, emoji, what === 'react'))
      default:
        return what satisfies never
    }
  }

  /** Sends a failed change again under a new id, or discards it. */
  #retryOrDiscard(tab: SimulatedTab, session: Session, what: 'retry' | 'discard', one: number): void {
    const failed = session.view.timeline.flatMap((item) => {
      if (item.kind === 'failed') return [item.id]
      return item.kind === 'message' && item.editing === 'failed' ? [item.editId ?? ''] : []
    })
    const id = pick(failed, one)
    const typed = id === undefined ? undefined : tab.person.sendRecord.typed.get(id)
    if (id === undefined || typed === undefined) return
    const before = tab.newestId
    const done = what === 'retry' ? session.retry(id) : session.discard(id)
    const isSentAgain = tab.newestId !== before
    if (isSentAgain) this.#type(tab, typed.event, done)
    else done.catch(() => {})
    if (isSentAgain || what === 'discard') typed.isDiscarded = true
  }

  #type(tab: SimulatedTab, event: OutboxFrame['event'], done: Promise<void>): void {
    const typed = tab.person.sendRecord.note(tab.newestId, tab.place, event)
    done.then(
      () => {
        typed.isStored = true
      },
      // The text is back in the composer.
      () => {
        typed.isDiscarded = true
      },
    )
  }
}

const WAYS = ['up', 'down', 'both'] as const

type ChangeAction = 'reply' | 'edit' | 'remove' | 'react' | 'unreact'

type SessionAction = SimulatedAction & {
  do:
    | ChangeAction
    | 'offline'
    | 'online'
    | 'show'
    | 'typing'
    | 'rename'
    | 'older'
    | 'around'
    | 'newer'
    | 'leave'
    | 'say'
    | 'burst'
    | 'topic'
    | 'retry'
    | 'discard'
}

function pick<T>(items: readonly T[], fraction: number): T | undefined {
  return items[Math.floor(fraction * items.length)]
}
