import { type ReadonlySignal, signal } from '@preact/signals'
import type { Fields } from '../lib/parse-unknown.ts'
import { type ApiOutcome, callApi } from './call-api.ts'

/** Calls one room's API, and holds the last failure. */
export interface RoomApi {
  /** In words; empty if nothing has failed since it was cleared. */
  problem: ReadonlySignal<string>
  clearProblem(): void
  /** The answer; undefined if the call failed, and `problem` says why. */
  call(path: string, method: string, what?: unknown): Promise<Fields | undefined>
}

export function createRoomApi(
  room: string,
  send: (path: string, method: string, what?: unknown) => Promise<ApiOutcome> = callApi,
): RoomApi {
  const problem = signal('')
  return {
    problem,
    clearProblem() {
      problem.value = ''
    },
    async call(path, method, what) {
      const outcome = await send(`/api/rooms/${room}${path}`, method, what)
      if (outcome.ok) return outcome.body
      problem.value = outcome.words
      return undefined
    },
  }
}
