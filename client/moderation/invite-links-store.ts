import { signal } from '@preact/signals'
import type { NewLink } from '../../src/protocol/moderation.ts'
import { fieldsOf, numberOf, textOf } from '../lib/parse-unknown.ts'
import type { RoomApi } from '../net/room-api.ts'

/** A listed invite link, without its secret, which only the link's holders have. */
export interface ListedInviteLink {
  hash: string
  role: string
  madeAt: number
  expires?: number
  uses?: number
  /** How many people opened it and have not joined yet. */
  waiting?: number
}

/** The invite links of a room. */
export function createInviteLinksStore({ problem, clearProblem, call }: RoomApi) {
  const links = signal<readonly ListedInviteLink[] | undefined>(undefined)
  /** The address of the link just made; the server cannot show it again. */
  const made = signal<string | undefined>(undefined)

  async function load(): Promise<void> {
    const body = await call('/links', 'GET')
    if (body) links.value = parseInviteLinks(body.links)
  }

  return {
    links,
    made,
    problem,
    load,
    async make(link: NewLink): Promise<void> {
      clearProblem()
      const body = await call('/links', 'POST', link)
      if (body === undefined) return
      made.value = textOf(body.url)
      await load()
    },
    /** A link that is gone already counts as revoked. */
    async revoke(hash: string): Promise<void> {
      clearProblem()
      made.value = undefined
      await call(`/links/${encodeURIComponent(hash)}`, 'DELETE')
      await load()
    },
  }
}

/** Newest first. */
export function parseInviteLinks(told: unknown): ListedInviteLink[] {
  const links = (Array.isArray(told) ? told : []).flatMap((value: unknown) => {
    const fields = fieldsOf(value)
    const hash = textOf(fields?.hash)
    if (hash === undefined) return []
    const [expires, uses] = [numberOf(fields?.expires), numberOf(fields?.uses)]
    const waiting = numberOf(fields?.waiting)
    return [
      {
        hash,
        role: textOf(fields?.role) ?? 'member',
        madeAt: numberOf(fields?.madeAt) ?? 0,
        ...(expires === undefined ? {} : { expires }),
        ...(uses === undefined ? {} : { uses }),
        ...(waiting === undefined ? {} : { waiting }),
      },
    ]
  })
  return links.toSorted((a, b) => b.madeAt - a.madeAt)
}
