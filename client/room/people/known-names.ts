import { computed, type ReadonlySignal } from '@preact/signals'
import type { Person, TimelineItem } from '../../session/index.ts'

interface KnownNamesDeps {
  people: ReadonlySignal<readonly Person[]>
  timeline: ReadonlySignal<readonly TimelineItem[]>
}

/** Names of authors, the latest first, then of the others who are here. The array changes only when its names do. */
export function createKnownNames({ people, timeline }: KnownNamesDeps): ReadonlySignal<readonly string[]> {
  let last: readonly string[] = []
  return computed(() => {
    const names = new Set<string>()
    for (const item of timeline.value.toReversed()) {
      if (item.kind === 'message') names.add(item.message.username)
    }
    for (const { username } of people.value) names.add(username)
    // Forgotten people have none.
    names.delete('')
    const now = [...names]
    if (now.length !== last.length || now.some((name, at) => name !== last[at])) last = now
    return last
  })
}
