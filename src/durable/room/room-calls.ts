import { faultFields, log } from '../../platform/telemetry.ts'
import type { Access } from '../../room/model/room-record.ts'
import type { RoomCall } from '../../room/state/state.ts'
import type { DirectoryReporter } from './directory-reporter.ts'
import type { Turns } from './turns.ts'
import { roomObjectOf } from './unbegun-room.ts'

type CallOf<K extends RoomCall['kind']> = Extract<RoomCall, { kind: K }>

/** Calls other rooms for this one, and the directory. An answer is a turn of its own, unless this room was erased meanwhile. */
export class RoomCalls {
  readonly #env: Env
  readonly #room: string
  readonly #directory: DirectoryReporter

  constructor(env: Env, room: string, directory: DirectoryReporter) {
    this.#env = env
    this.#room = room
    this.#directory = directory
  }

  make(call: RoomCall, turns: Turns): Promise<void> {
    switch (call.kind) {
      case 'openPair':
        return this.#openPair(call, turns)
      case 'tellVisit':
        return this.#tellVisit(call, turns)
      case 'tellReports':
        return this.#directory.reported(call.messages, Date.now())
      default:
        return call satisfies never
    }
  }

  /** This private room was erased: nobody is to be invited to it any more. */
  async withdrawInvitations(access: Access): Promise<void> {
    if (access.kind !== 'private') return
    for (const session of access.waiting)
      await roomObjectOf(this.#env, access.home).visited(session, this.#room, true)
  }

  async #openPair(call: CallOf<'openPair'>, turns: Turns): Promise<void> {
    const { room, inviter, invited } = call
    const members = [inviter, invited].map(({ session, username }) => ({ session, username }))
    let joined: boolean
    try {
      const pair = { home: this.#room, members, invited: invited.session }
      joined = (await roomObjectOf(this.#env, room).openPair(pair)).joined
    } catch (fault) {
      log('error', 'private room failed', faultFields(fault))
      if (!turns.isOver) turns.play((core, now) => core.pairFailed(call, now))
      return
    }
    if (!turns.isOver) turns.play((core, now) => core.pairOpened(call, joined, now))
  }

  async #tellVisit({ home, session }: CallOf<'tellVisit'>, turns: Turns): Promise<void> {
    await roomObjectOf(this.#env, home).visited(session, this.#room)
    if (!turns.isOver) turns.play((core, now) => core.visitTold(session, now))
  }
}
