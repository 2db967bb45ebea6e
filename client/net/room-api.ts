import { type ReadonlySignal, signal } from '@preact/signals'
import type { Fields } from '../lib/parse-unknown.ts'
import { type ApiOutcome, callApi } from './call-api.ts'

/** Calls of one room's API, and why the last one failed. */
export interface RoomApi {
  /** In words; empty where nothing failed since it was cleared. */
  problem: ReadonlySignal<string>
  clearProblem(): void
  /** The answer; nothing where the call failed, which `problem` then tells. */
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
