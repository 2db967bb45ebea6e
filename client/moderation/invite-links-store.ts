import { signal } from '@preact/signals'
import type { NewLink } from '../../src/protocol/moderation.ts'
import { fieldsOf, numberOf, textOf } from '../lib/parse-unknown.ts'
import type { RoomApiCall } from '../net/room-api.ts'

/** A way in. Its secret is nowhere but with those who have the link. */
export interface ListedInviteLink {
  hash: string
  role: string
  madeAt: number
  expires?: number
  uses?: number
}

/** The ways into a room. */
export function createInviteLinksStore(call: RoomApiCall) {
  const links = signal<readonly ListedInviteLink[] | undefined>(undefined)
  /** The address of the one that was just made: it cannot be had again. */
  const made = signal<string | undefined>(undefined)
  const problem = signal('')

  async function load(): Promise<void> {
    const answer = await call('/links', 'GET')
    if (answer.ok) links.value = parseInviteLinks(answer.body.links)
    else problem.value = answer.words
  }

  return {
    links,
    made,
    problem,
    load,
    async make(link: NewLink): Promise<void> {
      problem.value = ''
      const answer = await call('/links', 'POST', link)
      if (!answer.ok) {
        problem.value = answer.words
        return
      }
      made.value = textOf(answer.body.url)
      await load()
    },
    /** One that is gone already is what was wanted. */
    async revoke(hash: string): Promise<void> {
      problem.value = ''
      made.value = undefined
      const answer = await call(`/links/${encodeURIComponent(hash)}`, 'DELETE')
      if (!answer.ok) problem.value = answer.words
      await load()
    },
  }
}

/** The newest first. */
export function parseInviteLinks(told: unknown): ListedInviteLink[] {
  const links = (Array.isArray(told) ? told : []).flatMap((value: unknown) => {
    const fields = fieldsOf(value)
    const hash = textOf(fields?.hash)
    if (hash === undefined) return []
    const [expires, uses] = [numberOf(fields?.expires), numberOf(fields?.uses)]
    return [
      {
        hash,
        role: textOf(fields?.role) ?? 'member',
        madeAt: numberOf(fields?.madeAt) ?? 0,
        ...(expires === undefined ? {} : { expires }),
        ...(uses === undefined ? {} : { uses }),
      },
    ]
  })
  return links.toSorted((a, b) => b.madeAt - a.madeAt)
}
