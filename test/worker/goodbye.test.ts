import { expect, it } from 'vitest'
import { freshRoom, Raw } from './raw.ts'

it('[GB1] what was sent just before a goodbye is heard, also where the room is busy', async () => {
  const room = freshRoom()
  const ben = await Raw.join(room, 'Ben')
  const ann = await Raw.join(room, 'Ann')
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
