import type { OutboxFrame, Session, TimelineItem } from '../../client/session/index.ts'
import type { Deed } from './simulated-actions.ts'
import type { Backup } from './platform.ts'
import type { SimulatedTab } from './simulated-tab.ts'
import type { Simulation } from './simulation.ts'

type Row = Extract<TimelineItem, { kind: 'message' }>

const EMOJI = ['👍', '🎉', '❤️', '👀'] as const
const NAMES = ['Ann', 'Ben', 'Cleo', 'ann', 'Person 1'] as const

/** Does the deeds of a history, each as far as there is something to do it to. */
export class Performer {
  readonly #story: Simulation
  #backup: Backup | undefined

  constructor(story: Simulation) {
    this.#story = story
  }

  perform(deed: Deed): void {
    const { world, tabs, platform } = this.#story
    const tab = tabs[deed.tab]
    if (tab === undefined) return
    world.counts.deeds += 1
    world.clock.stirred = true
    world.tell?.(`${tab.name} ${deed.do} ${deed.one} ${deed.other}`)
    const line = tab.socket
    switch (deed.do) {
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
        return tab.freeze(100 * 2_000 ** deed.one)
      case 'cut':
        return line?.cut()
      case 'deafen':
        return line?.silence(WAYS[Math.floor(deed.one * 3)] ?? 'both')
      case 'lose':
        return line?.lose(1 + Math.floor(deed.one * 3))
      case 'stall':
        return line?.delay(100 * 300 ** deed.one, WAYS[Math.floor(deed.other * 3)] ?? 'both')
      case 'haunt':
        line?.hideClose()
        return deed.one < 0.7 ? line?.cut() : undefined
      case 'evict':
        return platform.evict()
      case 'kill':
        return platform.kill(1006)
      case 'deploy':
        return platform.kill(deed.one < 0.7 ? 1012 : 1006)
      case 'outage':
        return platform.kill(1006, 1_000 * 60 ** deed.one)
      case 'fail':
        return platform.failIn(1 + Math.floor(deed.one * 12))
      case 'trim':
        return platform.trim(deed.one)
      case 'erase':
        return platform.erase()
      case 'copy':
        this.#backup = platform.backUp()
        return
      case 'chorus':
        for (const other of tabs) if (other.session && !other.isFrozen) this.#say(other, other.session)
        return
      case 'restore':
        return this.#backup && platform.restore(this.#backup)
      default:
        tab.open()
        tab.thaw()
        return tab.session && this.#speak(tab, tab.session, { ...deed, do: deed.do })
    }
  }

  #speak(tab: SimulatedTab, session: Session, { do: what, one, other }: Speech): void {
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
      case 'say':
        return this.#say(tab, session)
      case 'babble':
        for (let said = 0; said < 5 + one * 40; said++) this.#say(tab, session)
        return
      case 'topic':
        return this.#type(tab, 'setTopic', session.setTopic(this.#story.newText().slice(0, 40)))
      case 'retry':
      case 'discard':
        return this.#decide(tab, session, what, one)
      case 'answer':
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
    this.#type(tab, 'updateChat', session.send(this.#story.newText()))
  }

  #change(tab: SimulatedTab, session: Session, what: ChangeDeed, row: Row, other: number): void {
    const { seq } = row.message
    const emoji = pick(EMOJI, other) ?? ''
    switch (what) {
      case 'answer':
        return this.#type(tab, 'updateChat', session.send(this.#story.newText(), { replyTo: seq }))
      case 'edit':
        return this.#type(tab, 'editChat', session.edit(seq, this.#story.newText()))
      case 'remove':
        return this.#type(tab, 'deleteChat', session.remove(seq))
      case 'react':
      case 'unreact':
        return this.#type(tab, 'react', session.react(seq, emoji, what === 'react'))
      default:
        return what satisfies never
    }
  }

  /** Something that failed is sent again, as a new thing, or thrown away. */
  #decide(tab: SimulatedTab, session: Session, what: 'retry' | 'discard', one: number): void {
    const failed = session.view.timeline.flatMap((item) => {
      if (item.kind === 'failed') return [item.id]
      return item.kind === 'message' && item.editing === 'failed' ? [item.editId ?? ''] : []
    })
    const id = pick(failed, one)
    const typed = id === undefined ? undefined : tab.person.diary.typed.get(id)
    if (id === undefined || typed === undefined) return
    const before = tab.newestId
    const done = what === 'retry' ? session.retry(id) : session.discard(id)
    const isSentAgain = tab.newestId !== before
    if (isSentAgain) this.#type(tab, typed.event, done)
    if (isSentAgain || what === 'discard') typed.isTakenBack = true
  }

  #type(tab: SimulatedTab, event: OutboxFrame['event'], done: Promise<void>): void {
    const typed = tab.person.diary.note(tab.newestId, tab.place, event)
    void done.then(() => {
      typed.isStored = true
    })
  }
}

const WAYS = ['up', 'down', 'both'] as const

type ChangeDeed = 'answer' | 'edit' | 'remove' | 'react' | 'unreact'

type Speech = Deed & {
  do:
    | ChangeDeed
    | 'offline'
    | 'online'
    | 'show'
    | 'typing'
    | 'rename'
    | 'older'
    | 'say'
    | 'babble'
    | 'topic'
    | 'retry'
    | 'discard'
}

function pick<T>(items: readonly T[], fraction: number): T | undefined {
  return items[Math.floor(fraction * items.length)]
}
