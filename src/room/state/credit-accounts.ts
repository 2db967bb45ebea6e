import { priceOf, type Work } from '../model/price.ts'
import { isOver } from '../model/waits.ts'
import type { Connection } from './connection.ts'

/** A frame that waits until it is paid for. */
interface HeldFrame {
  from: Connection
  frame: string | ArrayBuffer
}

/** What the people of one network may still have this room do, in units. Their budget, over all rooms, has paid for it. */
interface CreditAccount {
  credit: number
  /** The connection that carries the credit through the room's sleep. */
  holder: Connection | undefined
  /** Frames that wait, and their price. */
  held: HeldFrame[]
  heldPrice: number
  isAsking: boolean
  /** What the budget has given it since the room woke. */
  leased: number
  /** Until when the budget gives no more, in ms. */
  deniedUntil: number
}

/** Units that a network needs in this room. */
export interface Lease {
  payer: string
  want: number
}

/** What the budget answers: units, or in how many ms there will be some. */
export interface LeaseAnswer {
  units: number
  retryAfter: number
}

/** The rows that the database has counted so far. */
export type RowCounts = Readonly<Required<Omit<Work, 'awakeMs'>>>

/** Whether the network of a sender has paid for a frame; if it cannot, in how many ms it can. */
export type Cover = 'paid' | 'waits' | { retryAfter: number }

/** What a run of code counts as: the clock stands still while it runs. */
const RUN_MS = 10
/** What an account keeps for the leave of its people, and for the refusals of a network that cannot pay any more. */
const RESERVE = 1
const MOST_HELD = 300
/** A budget says no until the end of its day at most. */
const DAY_MS = 24 * 60 * 60 * 1_000
/** No timer of a room is longer. */
const LONGEST_TIMER_MS = 5_000
/** The most units to ask for beyond what is needed. */
const MOST_ASKED = 400
/** Accounts without a connection are forgotten past this number. */
const MANY_ACCOUNTS = 1_000

/**
 * The accounts of the networks whose people are here. All that a frame has the room do is taken from the account of its
 * sender. When that is empty, the sender's frames wait while the room leases more from the budget of the network.
 */
export class CreditAccounts {
  readonly #accounts = new Map<string, CreditAccount>()
  readonly #counted: RowCounts
  /** The rows that are paid for already. */
  #settled: RowCounts = { rowsRead: 0, rowsWritten: 0 }
  /** Who had the room do something in the last turn in which somebody did: they pay for the time it stays awake. */
  #payers = new Set<Connection>()
  #isNewTurn = true
  #awakeUntil = 0
  /** Connections whose credit has changed. */
  readonly touched = new Set<Connection>()

  constructor(counted: RowCounts = { rowsRead: 0, rowsWritten: 0 }, connections: Iterable<Connection> = []) {
    this.#counted = counted
    for (const connection of connections) this.enter(connection)
  }

  /** A connection of the last sleep may carry the credit of its network. */
  enter(connection: Connection): void {
    const account = this.#of(connection)
    if (account === undefined || connection.credit === undefined) return
    account.credit += connection.credit
    if (account.holder === undefined) account.holder = connection
    else delete connection.credit
    this.#carry(account)
  }

  /** A new connection brings units. Answers how many of them are not needed, because the account still holds as many. */
  arrive(connection: Connection, units: number): number {
    const account = this.#of(connection)
    if (account === undefined) return units
    const unspent = Math.min(Math.max(account.credit, 0), units)
    account.credit += units - unspent
    this.#carry(account, connection)
    return unspent
  }

  /** A connection has closed. Another one of its network carries the credit from now on. */
  leave(connection: Connection, others: Iterable<Connection>): void {
    const account = this.#known(connection)
    if (account === undefined || account.holder !== connection) return
    account.holder = undefined
    for (const other of others) {
      if (other !== connection && keyOf(other.payer) === keyOf(connection.payer))
        return this.#carry(account, other)
    }
  }

  cover(from: Connection, price: number, now: number): Cover {
    const account = this.#of(from)
    if (account === undefined) return 'paid'
    if (account.held.length === 0) {
      if (account.credit >= price + RESERVE) return 'paid'
      if (!isOver(account.deniedUntil, now, DAY_MS)) return { retryAfter: account.deniedUntil - now }
    }
    return 'waits'
  }

  /** Has a frame wait for the budget's answer. Answers false where too many wait already. */
  hold(incoming: HeldFrame, price: number): boolean {
    const account = this.#of(incoming.from)
    if (account === undefined || account.held.length >= MOST_HELD) return false
    account.held.push(incoming)
    account.heldPrice += price
    return true
  }

  /** What to ask the budgets for. Each is asked for one lease at a time. */
  leases(): Lease[] {
    const leases: Lease[] = []
    for (const account of this.#accounts.values()) {
      const payer = account.held[0]?.from.payer
      if (payer === undefined || account.isAsking) continue
      account.isAsking = true
      // A network that is busy here asks for more each time, so that it asks seldom.
      const need = Math.ceil(account.heldPrice + RESERVE - account.credit)
      leases.push({ payer, want: Math.max(need, Math.min(2 * account.leased, MOST_ASKED)) })
    }
    return leases
  }

  /** The budget has answered: the frames that waited are to be handled now. */
  leased(payer: string, { units, retryAfter }: LeaseAnswer, now: number): readonly HeldFrame[] {
    const account = this.#accounts.get(keyOf(payer) ?? '')
    if (account === undefined) return []
    account.isAsking = false
    account.credit += units
    account.leased += units
    if (units === 0) account.deniedUntil = now + retryAfter
    const { held } = account
    account.held = []
    account.heldPrice = 0
    this.#carry(account)
    return held
  }

  /** Whether not even a refusal is paid for. */
  isEmpty(from: Connection): boolean {
    return (this.#of(from)?.credit ?? 1) <= 0
  }

  beginTurn(): void {
    this.#isNewTurn = true
  }

  /** Takes the price of all rows since the last time, and of a run of code, from the account of who caused them. */
  settle(by: Connection, rowsWrittenElsewhere = 0): void {
    const { rowsRead, rowsWritten } = this.#unsettled()
    if (this.#isNewTurn) this.#payers = new Set()
    this.#isNewTurn = false
    this.#payers.add(by)
    this.#take(by, { rowsRead, rowsWritten: rowsWritten + rowsWrittenElsewhere, awakeMs: RUN_MS })
  }

  /** The rows since the last time are paid for in another way: by the Worker, or by nobody. */
  skip(): void {
    this.#unsettled()
  }

  /** A timer keeps the room awake until `due`. What that adds is paid by whose turn it was. */
  stayAwake(due: number | undefined, now: number): void {
    const from = isOver(this.#awakeUntil, now, LONGEST_TIMER_MS) ? now : this.#awakeUntil
    if (due === undefined || due <= from) return
    this.#awakeUntil = due
    for (const payer of this.#payers) this.#take(payer, { awakeMs: (due - from) / this.#payers.size })
  }

  #unsettled(): RowCounts {
    const { rowsRead, rowsWritten } = this.#counted
    const before = this.#settled
    this.#settled = { rowsRead, rowsWritten }
    return { rowsRead: rowsRead - before.rowsRead, rowsWritten: rowsWritten - before.rowsWritten }
  }

  #take(by: Connection, work: Work): void {
    const account = this.#known(by)
    if (account === undefined) return
    account.credit -= priceOf(work)
    this.#carry(account)
  }

  #carry(account: CreditAccount, holder = account.holder): void {
    account.holder ??= holder
    if (account.holder === undefined) return
    account.holder.credit = account.credit
    this.touched.add(account.holder)
  }

  #known({ payer }: Connection): CreditAccount | undefined {
    const key = keyOf(payer)
    return key === undefined ? undefined : this.#accounts.get(key)
  }

  #of(connection: Connection): CreditAccount | undefined {
    const key = keyOf(connection.payer)
    if (key === undefined) return undefined
    const known = this.#accounts.get(key)
    if (known) return known
    if (this.#accounts.size >= MANY_ACCOUNTS) this.#forgetUnheld()
    const account = {
      credit: 0,
      holder: undefined,
      held: [],
      heldPrice: 0,
      isAsking: false,
      leased: 0,
      deniedUntil: 0,
    }
    this.#accounts.set(key, account)
    return account
  }

  #forgetUnheld(): void {
    for (const [key, { holder, held }] of this.#accounts)
      if (holder === undefined && held.length === 0) this.#accounts.delete(key)
  }
}

/** All parts of a network share one account: a payer is the name of the budget, and after it the parts of the network. */
function keyOf(payer: string | undefined): string | undefined {
  return payer?.split('/', 1)[0]
}
