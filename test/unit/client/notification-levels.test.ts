import { expect, it } from 'vitest'
import { badgeCountOf } from '../../../client/notifications/badge-count.ts'
import { sharedText } from '../../../client/share/shared-text.ts'
import { parseNotificationLevels } from '../../../client/storage/notification-levels.ts'
import { type CachedPage, stillKept } from '../../../client/storage/offline-cache.ts'

const unread = (count: number, called = false, more = false) => ({ count, called, more, upTo: count })

it('[AT5] a room counts towards the badge by its notification level', () => {
  const rooms = [
    { room: 'loud', unread: unread(2) },
    { room: 'named', unread: unread(3) },
    { room: 'called', unread: unread(4, true) },
    { room: 'quiet', unread: unread(5, true, true) },
    { room: 'calm' },
  ]
  const calls = (room: string) =>
    room === 'quiet' ? 'nothing' : room === 'named' || room === 'called' ? 'mentions' : 'all'
  expect(badgeCountOf(rooms, calls, 1)).toEqual({ count: 7, more: false })
  expect(badgeCountOf(rooms, () => 'all', 0)).toEqual({ count: 14, more: true })
})

it('[AT6] stored notification levels that cannot be read are ignored', () => {
  expect(parseNotificationLevels('{"a":"mentions","b":"nothing","c":"loud","d":1}')).toEqual({
    a: 'mentions',
    b: 'nothing',
  })
  for (const text of [undefined, '', '{', '[]', 'null']) expect(parseNotificationLevels(text)).toEqual({})
})

it('[AT7] the offline cache shows no message older than the room’s retention', () => {
  const day = 86_400_000
  const messages = [1, 6, 8].map((age) => ({ seq: age, time: 100 * day - age * day }))
  const page = { room: 'a', by: 'me', messages } as unknown as CachedPage
  const seqs = (of: CachedPage) => stillKept(of, 100 * day).map(({ seq }) => seq)
  expect(seqs({ ...page, days: 7 })).toEqual([1, 6])
  expect(seqs(page)).toEqual([1, 6, 8])
})

it('[AT11] what another app shares becomes one text without repetition', () => {
  expect(sharedText('?title=T&text=Words&url=https%3A%2F%2Fa.b%2F')).toBe('T\nWords\nhttps://a.b/')
  expect(sharedText('?title=Words&text=Words+https%3A%2F%2Fa.b%2F&url=https%3A%2F%2Fa.b%2F')).toBe(
    'Words https://a.b/',
  )
  expect(sharedText('?text=same&url=same')).toBe('same')
  expect(sharedText('?other=1&text=++')).toBe('')
})
