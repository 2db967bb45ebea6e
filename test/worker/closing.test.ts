import { describe, expect, it } from 'vitest'
import { freshRoom, RawClient, sleep } from './raw-client.ts'

describe.each([
  ['awake', async () => {}],
  ['asleep', sleep],
])('a room, %s', (_kind, pause: (room: string) => Promise<void>) => {
  it('[GB1] stores the messages sent just before a close, even while busy', async () => {
    const room = freshRoom()
    const ben = await RawClient.join(room, 'Ben')
    const ann = await RawClient.join(room, 'Ann')
    await pause(room)
    for (const body of ['one', 'two', 'three']) ann.say(body)
    ann.close()
    await ann.untilClosed()
    await ben.rest()
    const heard = ben.frames.filter(({ event }) => event === 'updateChat')
    expect(heard.map(({ data }) => [data.seq, data.body])).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'three'],
    ])
  })
})
