import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { freshRoom, newCookie, RawClient, request, sleep, upgrade } from './raw-client.ts'

/** Two people in one room, and the cookie of the second. */
async function two() {
  const room = freshRoom()
  const cookie = newCookie()
  const ann = await RawClient.join(room, 'Ann')
  const ben = await RawClient.join(room, 'Ben', cookie)
  return { room, ann, ben, cookie }
}

async function ask(from: RawClient, username2: string) {
  from.send('newRoom', { username2 })
  return (await from.next('newRoom')).data
}

describe.each([
  ['awake', async () => {}],
  ['asleep in between', sleep],
])('a private room for two, %s', (_kind, pause: (room: string) => Promise<void>) => {
  it('[PV1] opens with one request, and both people get its link', async () => {
    const { room, ann, ben } = await two()
    await pause(room)
    const asked = await ask(ann, 'Ben')
    expect(asked).toEqual({
      username: 'Ann',
      username2: 'Ben',
      room: expect.stringMatching(/^[a-z2-7]{26}$/),
      url: `http://hallway.test/r/${asked.room}`,
      created: true,
      joined: false,
      by: expect.any(String),
    })
    expect((await ben.next('newRoom')).data).toEqual(asked)
    await pause(room)
    expect(await ask(ben, 'Ann')).toMatchObject({ room: asked.room, created: false })
    expect(await ask(ann, 'Ben')).toMatchObject({ room: asked.room, created: false })
    const elsewhere = freshRoom()
    const there = await RawClient.join(elsewhere, 'Ann', ann.cookie)
    await RawClient.join(elsewhere, 'Ben', ben.cookie)
    expect((await ask(there, 'Ben')).room).not.toBe(asked.room)
  })

  it('[PV2] admits its two people and nobody else, to whom it looks missing', async () => {
    const { ann, ben } = await two()
    const { room } = await ask(ann, 'Ben')
    const inside = await RawClient.join(room, 'Ann', ann.cookie)
    const other = await RawClient.join(room, 'Ben', ben.cookie)
    await pause(room)
    inside.say('just us')
    expect((await other.next('updateChat')).data).toMatchObject({ body: 'just us', username: 'Ann' })
    expect(inside.frames[0]?.data.by).not.toBe(ann.frames[0]?.data.by)

    const never = 'a'.repeat(26)
    for (const path of ['', '/messages']) {
      const Cookie = newCookie()
      const closed = await request(`/api/rooms/${room}${path}`, { headers: { Cookie } })
      const absent = await request(`/api/rooms/${never}${path}`, { headers: { Cookie } })
      expect([closed.status, await closed.text()]).toEqual([absent.status, await absent.text()])
      expect(closed.status).toBe(404)
    }
    const closed = await upgrade(room, { Cookie: newCookie() })
    const absent = await upgrade(never, { Cookie: newCookie() })
    expect([closed.status, await closed.text()]).toEqual([absent.status, await absent.text()])
    const names = (response: Response) => [...response.headers.keys()]
    expect(names(closed)).toEqual(names(absent))
  })

  it('[PV3] is offered to an absent person at each join, until they have been in it', async () => {
    const { room, ann, ben, cookie } = await two()
    ben.close(1000)
    await ann.until(({ event }) => event === 'userLeave')
    const asked = await ask(ann, 'Ben')
    for (let visit = 0; visit < 2; visit++) {
      await pause(room)
      const back = await RawClient.join(room, 'Ben', cookie)
      expect((await back.next('newRoom')).data).toMatchObject({ username: 'Ann', room: asked.room })
      back.close(1000)
    }
    const inside = await RawClient.join(asked.room, 'Ben', cookie)
    await pause(asked.room)
    await inside.rest()
    const again = await RawClient.join(room, 'Ben', cookie)
    expect((await again.rest()).map(({ event }) => event)).not.toContain('newRoom')
  }, 20_000)

  it('[PV4] is not offered again after the invitation was dismissed', async () => {
    const { room, ann, ben, cookie } = await two()
    const asked = await ask(ann, 'Ben')
    await ben.next('newRoom')
    ben.send('dismissRoom', { invite: asked.room, room })
    await ben.rest()
    await pause(room)
    const again = await RawClient.join(room, 'Ben', cookie)
    expect((await again.rest()).map(({ event }) => event)).not.toContain('newRoom')
  })

  it('[PV5] says if the invited person has joined it, and does not notify them again', async () => {
    const { room, ann, ben, cookie } = await two()
    const asked = await ask(ann, 'Ben')
    await ben.next('newRoom')
    const inside = await RawClient.join(asked.room, 'Ben', cookie)
    await inside.rest()
    await pause(room)
    expect(await ask(ann, 'Ben')).toMatchObject({ room: asked.room, created: false, joined: true })
    expect((await ben.rest()).map(({ event }) => event)).not.toContain('newRoom')
  }, 20_000)

  it('[PV6] is returned when one of the two asks for the other inside it', async () => {
    const { ann, ben } = await two()
    const { room } = await ask(ann, 'Ben')
    const inside = await RawClient.join(room, 'Ann', ann.cookie)
    expect(await ask(inside, 'Ben')).toMatchObject({ room, username2: 'Ben', created: false, joined: false })
    await RawClient.join(room, 'Ben', ben.cookie)
    await pause(room)
    expect(await ask(inside, 'Ben')).toMatchObject({ room, created: false, joined: true })
    for (const [username2, code] of [
      ['Cleo', 'not-found'],
      ['Ann', 'bad-data'],
    ]) {
      inside.send('newRoom', { username2 })
      expect((await inside.next('error')).data).toMatchObject({ code })
    }
  })

  it('[PV7] is offered in every tab of the invited person', async () => {
    const { room, ann, ben, cookie } = await two()
    const tab = await RawClient.join(room, 'Ben', cookie)
    await pause(room)
    const { room: made } = await ask(ann, 'Ben')
    expect((await ben.next('newRoom')).data.room).toBe(made)
    expect((await tab.next('newRoom')).data.room).toBe(made)
  })

  it('[PV8] is one row until one of the two joins, also if it is asked for again, and no text of it stays after', async () => {
    const { room, ann, ben } = await two()
    const { room: made } = await ask(ann, 'Ben')
    expect((await ben.next('newRoom')).data.room).toBe(made)
    expect(await storedIn(made)).toEqual({ tables: 0, values: 1 })
    await pause(made)
    await pause(room)
    expect(await ask(ben, 'Ann')).toMatchObject({ room: made, created: false })
    expect(await storedIn(made)).toEqual({ tables: 0, values: 1 })
    const facts = await request(`/api/rooms/${made}`, { headers: { Cookie: ben.cookie } })
    expect(await facts.json()).toMatchObject({ room: made, access: 'private', online: 0, seq: 0 })
    expect((await request(`/api/rooms/${made}`)).status).toBe(404)
    const inside = await RawClient.join(made, 'Ben', ben.cookie)
    inside.say('first')
    await inside.next('ack')
    const { tables, values } = await storedIn(made)
    expect([tables > 10, values]).toEqual([true, 0])
    await pause(made)
    expect((await RawClient.join(made, 'Ann', ann.cookie)).frames[0]?.data).toMatchObject({ seq: 1 })
  })

  it('[PV9] can be deleted before anyone has joined it', async () => {
    const { ann, ben } = await two()
    const { room: made } = await ask(ann, 'Ben')
    await pause(made)
    const deleted = await request(`/api/rooms/${made}`, { method: 'DELETE', headers: { Cookie: ben.cookie } })
    expect([deleted.status, await storedIn(made)]).toEqual([204, { tables: 0, values: 0 }])
    expect((await request(`/api/rooms/${made}`, { headers: { Cookie: ben.cookie } })).status).toBe(404)
  })
})

/** How many tables a room has, and how many values beside them. */
function storedIn(room: string): Promise<{ tables: number; values: number }> {
  return runInDurableObject(env.ROOMS.getByName(room), (_instance, { storage }) => {
    const names = storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'")
      .toArray()
    return { tables: names.length, values: [...storage.kv.list()].length }
  })
}
