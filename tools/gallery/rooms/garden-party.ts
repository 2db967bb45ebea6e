import { timeAt } from '../calendar.ts'
import { type Cast, stored } from '../create-cast.ts'

const ROOM = 'garden-party'

const CODE = `So that nobody has to hear the same song twice:
\`\`\`js
const queue = new Set(songs)
for (const song of queue) await play(song)
\`\`\``

/** A conversation over two days, with everything people do in a room. */
export function talk(cast: Cast): Promise<void> {
  return cast.prepare(ROOM, async () => {
    const say = (name: string, time: number, body: string, replyTo?: number) =>
      cast.say(ROOM, name, body, replyTo === undefined ? { time } : { time, replyTo })
    const react = async (ref: number, emoji: string, ...names: string[]) => {
      for (const name of names) await (await cast.meet(ROOM, name)).react(ref, emoji, true)
    }
    const [ann, ben, cleo] = await Promise.all(['Ann', 'Ben', 'Cleo'].map((name) => cast.meet(ROOM, name)))
    await Promise.all(['Dmitri', 'Esra'].map((name) => cast.meet(ROOM, name)))
    await ann?.setTopic('Saturday 16 May, behind the mill, from one o’clock')

    await say(
      'Ann',
      timeAt('17:48', 1),
      'Who brings what on Saturday? I begin:\n- lemonade\n- the long table\n- my grandmother’s tablecloth',
    )
    await say('Ben', timeAt('17:50', 1), 'Bread, and **two** kinds of cheese.')
    const chairs = await say('Ben', timeAt('17:51', 1), 'And chairs. We have nine.')
    await say('Cleo', timeAt('17:55', 1), '_waves from the train_')
    const gone = await say('Cleo', timeAt('17:56', 1), 'I bring my cousin, if that is all right')
    await say('Dmitri', timeAt('18:02', 1), 'Nine will not do, we are fourteen by now.', chairs)
    const weather = await say(
      'Ann',
      timeAt('09:12'),
      'They say it rains from four: https://example.com/weather',
    )
    await say('Esra', timeAt('09:14'), '> rains from four\nThen we begin at one, rather than at three?')
    const fine = await say('Cleo', timeAt('09:15'), 'Fine with me')
    await say('Dmitri', timeAt('10:02'), CODE)
    const settled = await say(
      'Ann',
      timeAt('10:20'),
      'Then it is settled: one o’clock, and bring an umbrella.',
    )
    await say('Ben', timeAt('10:21'), 'I have a big one, for the cheese.')

    await ben?.edit(chairs, 'And chairs. We have nine, and a bench.')
    await cleo?.edit(fine, 'Fine with me, I come straight from the station')
    await cleo?.remove(gone)
    await react(weather, '😮', 'Ben', 'Dmitri')
    await react(settled, '👍', 'Ben', 'Cleo', 'Dmitri', 'Esra')
    await react(settled, '🎉', 'Esra', 'Ann')
    for (const session of [ben, cleo]) if (session) await stored(session)
  })
}
