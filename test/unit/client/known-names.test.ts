import { signal } from '@preact/signals'
import { expect, it } from 'vitest'
import { createKnownNames } from '../../../client/room/people/known-names.ts'
import type { Person, TimelineItem } from '../../../client/session/index.ts'

function sent(seq: number, username: string): TimelineItem {
  const message = { seq, id: `i${seq}`, by: username, username, body: 'x', time: seq, room: 'main' }
  return { kind: 'message', key: `k${seq}`, message, mine: false }
}

it('[KN1] latest authors come first, then others who are here; the same names give the same array', () => {
  const people = signal<readonly Person[]>([{ username: 'Cy' }, { username: 'Ben' }])
  const timeline = signal<readonly TimelineItem[]>([sent(1, 'Ann'), sent(2, 'Ben')])
  const names = createKnownNames({ people, timeline })
  const before = names.value
  expect(before).toEqual(['Ben', 'Ann', 'Cy'])
  timeline.value = [...timeline.value, sent(3, 'Ben')]
  expect(names.value).toBe(before)
  timeline.value = [...timeline.value, sent(4, 'Ann')]
  expect(names.value).toEqual(['Ann', 'Ben', 'Cy'])
  people.value = [{ username: 'Ben' }]
  expect(names.value).toEqual(['Ann', 'Ben'])
})

it('[KN2] a person whom the room has forgotten has no name to offer', () => {
  const people = signal<readonly Person[]>([{ username: 'Cy' }])
  const timeline = signal<readonly TimelineItem[]>([sent(1, 'Ann'), sent(2, '')])
  expect(createKnownNames({ people, timeline }).value).toEqual(['Ann', 'Cy'])
})
