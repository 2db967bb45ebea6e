import { signal } from '@preact/signals'
import { expect, it } from 'vitest'
import { createKnownNames } from '../../../client/room/composer/known-names.ts'
import type { Person, TimelineItem } from '../../../client/session/index.ts'

function said(seq: number, username: string): TimelineItem {
  const message = { seq, id: `i${seq}`, by: username, username, body: 'x', time: seq, room: 'main' }
  return { kind: 'message', key: `k${seq}`, message, mine: false }
}

it('[KN1] those who spoke last come first, then who else is here; the same names are the same array', () => {
  const people = signal<readonly Person[]>([{ username: 'Cy' }, { username: 'Ben' }])
  const timeline = signal<readonly TimelineItem[]>([said(1, 'Ann'), said(2, 'Ben')])
  const names = createKnownNames({ people, timeline })
  const before = names.value
  expect(before).toEqual(['Ben', 'Ann', 'Cy'])
  timeline.value = [...timeline.value, said(3, 'Ben')]
  expect(names.value).toBe(before)
  timeline.value = [...timeline.value, said(4, 'Ann')]
  expect(names.value).toEqual(['Ann', 'Ben', 'Cy'])
  people.value = [{ username: 'Ben' }]
  expect(names.value).toEqual(['Ann', 'Ben'])
})
