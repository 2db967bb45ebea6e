import { computed, type ReadonlySignal } from '@preact/signals'
import { namesIn, type Person, type TimelineItem } from '../../session/index.ts'

interface KnownNamesDeps {
  people: ReadonlySignal<readonly Person[]>
  timeline: ReadonlySignal<readonly TimelineItem[]>
}

/** The names known in the room. The array changes only when its names do. */
export function createKnownNames({ people, timeline }: KnownNamesDeps): ReadonlySignal<readonly string[]> {
  let last: readonly string[] = []
  return computed(() => {
    const now = [...namesIn({ timeline: timeline.value, people: people.value })]
    if (now.length !== last.length || now.some((name, at) => name !== last[at])) last = now
    return last
  })
}
