import { computed, type ReadonlySignal } from '@preact/signals'
import { mentionableNames } from '../../markdown/mentions.ts'
import type { SessionView, TimelineItem } from '../../session/index.ts'
import { select } from '../select.ts'
import { createKnownNames } from './known-names.ts'

interface RoomPeopleDeps {
  view: ReadonlySignal<SessionView>
  /** The messages that are shown. */
  items: ReadonlySignal<readonly TimelineItem[]>
}

/** The people of this room: those who are here, those who type, and the names that can be mentioned. */
export function createRoomPeople({ view, items }: RoomPeopleDeps) {
  const present = select(view, ({ people }) => people)
  const knownNames = createKnownNames({ people: present, timeline: items })
  return {
    present,
    /** How many are here: more than `present` lists in a large room. */
    online: select(view, ({ online }) => online),
    typing: select(view, ({ typing }) => typing),
    knownNames,
    mentionable: computed(() => mentionableNames(knownNames.value)),
  }
}
