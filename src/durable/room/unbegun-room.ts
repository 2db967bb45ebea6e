import { joinsBeginRooms } from '../../platform/config.ts'
import { objectOf } from '../../platform/places.ts'
import type { ExportPage } from '../../platform/sql/export.ts'
import { isGeneratedId } from '../../protocol/names.ts'
import type { RoomFacts } from '../../protocol/room-facts.ts'
import type { Message } from '../../protocol/server-frames.ts'
import type { ReportForOperator } from '../../room/handlers/report.ts'
import { type Answer, type RefusedAnswer, type RoomAction, refused } from '../../room/model/actions.ts'
import { factsOf, NO_ROOM } from './public-facts.ts'
import type { Room } from './Room.ts'

/** Where objects leave a file once they are called: which rooms have one. */
export interface BegunConfig {
  BEGUN?: { has(room: string): Promise<boolean> }
}

/** The calls of the Worker on a room that may never have begun. */
export type CalledRoom = Pick<
  DurableObjectStub<Room> | UnbegunRoom,
  | 'facts'
  | 'messages'
  | 'usage'
  | 'govern'
  | 'erase'
  | 'isNewTo'
  | 'exportPage'
  | 'purge'
  | 'handOver'
  | 'putOut'
  | 'reports'
>

/** A room to call. One that has no storage answers without its object, which would open some. */
export async function roomOf(env: Env, name: string): Promise<CalledRoom> {
  if (env.BEGUN && !(await env.BEGUN.has(name))) return new UnbegunRoom(name, joinsBeginRooms(env))
  return roomObjectOf(env, name)
}

/** A room's object, which opens storage for a room that never began. */
export function roomObjectOf(env: Env, name: string): DurableObjectStub<Room> {
  return objectOf(env.ROOMS, name, env)
}

/** Answers as a room does that nobody has joined. */
export class UnbegunRoom {
  readonly #name: string
  /** A room with a generated name exists only once it is made, and so does any other where no join begins it. */
  readonly #isAbsent: boolean

  constructor(name: string, joinsBegin = true) {
    this.#name = name
    this.#isAbsent = isGeneratedId(name) || !joinsBegin
  }

  async facts(): Promise<Answer<RoomFacts>> {
    if (this.#isAbsent) return refused('not-found')
    return { ok: true, value: factsOf(this.#name, { record: undefined, online: 0 }) }
  }

  async messages(): Promise<Answer<Message[]>> {
    return this.#isAbsent ? refused('not-found') : { ok: true, value: [] }
  }

  async usage(): Promise<Answer<never>> {
    return this.#refused()
  }

  async govern(_: unknown, { kind }: RoomAction): Promise<Answer<never>> {
    return kind === 'redeemLink' ? refused('not-found') : this.#refused()
  }

  async erase(): Promise<Answer<null>> {
    return this.#refused()
  }

  async isNewTo(): Promise<boolean> {
    return !this.#isAbsent
  }

  async handOver(): Promise<Answer<never>> {
    return refused('not-found', 'by')
  }

  async reports(): Promise<ReportForOperator[]> {
    return []
  }

  async putOut(): Promise<string | undefined> {
    return undefined
  }

  async exportPage(): Promise<ExportPage | undefined> {
    return undefined
  }

  async purge(): Promise<Answer<null>> {
    return refused('not-found', NO_ROOM)
  }

  #refused(): RefusedAnswer {
    return refused(this.#isAbsent ? 'not-found' : 'forbidden')
  }
}
