import { describe, expect, it } from 'vitest'
import { shownTexts } from './fake-world.ts'
import { ada, live, messageFrame } from './live.ts'

describe('the view', () => {
  it('[SK39] notifies once a task, after everything that arrived together', async () => {
    const { session, tell } = await live()
    const seen: string[][] = []
    const stop = session.subscribe(() => seen.push(shownTexts(session)))
    await tell(messageFrame(1), messageFrame(2), { event: 'userJoin', data: ada })
    expect(seen).toEqual([['1', '2']])
    stop()
    await tell(messageFrame(3))
    expect(seen).toHaveLength(1)
  })

  it('[SK40] has new values only for what changed', async () => {
    const { session, tell } = await live()
    const before = session.view
    expect(session.view).toBe(before)
    await tell({ event: 'userTyping', data: ada })
    expect(session.view).not.toBe(before)
    expect(session.view.timeline).toBe(before.timeline)
    expect(session.view.people).toBe(before.people)
    expect(session.view.invitations).toBe(before.invitations)
    expect(session.view.self).toBe(before.self)
    expect(session.view.typing).not.toBe(before.typing)
    const after = session.view
    await tell({ event: 'userTyping', data: ada })
    expect(session.view).toBe(after)
    await tell(messageFrame(1))
    const later = session.view
    await tell(messageFrame(1))
    expect(session.view).toBe(later)
  })

  it('[SK41] shows the pending topic', async () => {
    const { world, session } = await live()
    session.setOnline(false)
    void session.setTopic('Water')
    void session.setTopic('  Bread ')
    expect(session.view.topic).toBe('Bread')
    session.setOnline(true)
    await world.clock.advance(100)
    expect([session.view.topic, world.server.topic]).toEqual(['Bread', 'Bread'])
  })

  it("[SK42] contains this person's changes as everyone else sees them", async () => {
    const { world, session } = await live()
    void session.send('hello')
    await world.clock.advance(20)
    void session.send('answer', { replyTo: 1 })
    void session.edit(1, 'hello there')
    void session.react(2, ':)', true)
    await world.clock.advance(200)
    void session.remove(2)
    await world.clock.advance(100)
    const shown = session.view.timeline.map((item) => (item.kind === 'message' ? item.message : item))
    expect(shown).toEqual(world.server.messages())
    expect(shown).toMatchObject([
      { body: 'hello there', edited: true },
      { deleted: true, replyTo: 1 },
    ])
  })

  it('[SK44] shows half a character as everyone else will see it', async () => {
    const { world, client, session } = await live()
    await Promise.all([session.send('tea \ud83e'), session.setTopic('\udf6a')])
    expect([...shownTexts(session), session.view.topic]).toEqual(['tea \ufffd (pending)', '\ufffd'])
    await world.clock.advance(100)
    expect([...shownTexts(session), session.view.topic]).toEqual(['tea \ufffd', '\ufffd'])
    await session.edit(1, 'coffee \ud83e🍪')
    client.wire.cut()
    await world.clock.advance(5_000)
    expect(shownTexts(session)).toEqual(['coffee \ufffd🍪'])
    expect(world.server.messages()[0]?.body).toBe('coffee \ufffd🍪')
  })
})
