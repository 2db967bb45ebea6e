import { computed, type ReadonlySignal } from '@preact/signals'
import type { Person, TimelineItem } from '../../session/index.ts'

interface Sources {
  people: ReadonlySignal<readonly Person[]>
  timeline: ReadonlySignal<readonly TimelineItem[]>
}

/** Who is here and who spoke, those who spoke last first. The same array as long as they are the same. */
export function createKnownNames({ people, timeline }: Sources): ReadonlySignal<readonly string[]> {
  let last: readonly string[] = []
  return computed(() => {
    const names = new Set<string>()
    for (const item of timeline.value.toReversed()) {
      if (item.kind === 'message') names.add(item.message.username)
    }
    for (const { username } of people.value) names.add(username)
    const now = [...names]
    if (now.length !== last.length || now.some((name, at) => name !== last[at])) last = now
    return last
  })
}
