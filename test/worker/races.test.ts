import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { call, callOk, ownedRoom, personIdOf, secretOf } from './api-calls.ts'
import { freshRoom, newCookie, RawClient } from './raw-client.ts'
import { speedUp } from './speed-up.ts'

speedUp()

const ROUNDS = [...Array(10).keys()]

function select(room: string, query: string): Promise<Record<string, unknown>[]> {
  return runInDurableObject(env.ROOMS.getByName(room), (_room, { storage }) =>
    storage.sql.exec(query).toArray(),
  )
}

const moderation = (owner: RawClient, body: object) =>
  call(owner.cookie, 'POST', `/${owner.room}/moderation`, body).then(({ answer }) => answer)

/** A client never sends on a socket it knows to be closed. */
function sayIfOpen(raw: RawClient, body: string, id: string): void {
  if (raw.closed === undefined) raw.say(body, { id })
}

/** Tries to join. Returns `yes` or the code of the refusal. */
async function tryJoin(room: string, username: string, cookie = newCookie()): Promise<string> {
  const { raw, refused } = await RawClient.tryOpen(room, cookie)
  if (raw === undefined) return refused
  raw.send('userJoin', { username, room })
  const { event, data } = await raw.until((frame) => ['joined', 'error'].includes(frame.event))
  return event === 'joined' ? 'yes' : data.code
}

it('[RA1] a link for one admits exactly one of a thousand concurrent people, and the others learn nothing', async () => {
  const { room, owner } = await ownedRoom('invite')
  const secret = await secretOf(owner, { uses: 1 })
  const cookies = Array.from({ length: 1_000 }, newCookie)
  const answers = await Promise.all(
    cookies.map(async (cookie) => (await call(cookie, 'POST', `/${room}/links/redeem`, { secret })).answer),
  )
  expect(answers.filter((answer) => answer === 'yes')).toHaveLength(1)
  expect(answers.filter((answer) => answer === 'not-found')).toHaveLength(999)
  const winner = answers.indexOf('yes')
  expect(await select(room, 'SELECT role FROM admissions')).toEqual([{ role: 'member' }])
  expect(await tryJoin(room, 'First', cookies[winner])).toBe('yes')
  expect(await tryJoin(room, 'Second', cookies[winner === 0 ? 1 : 0])).toBe('not-found')
})

it('[RA2] a private room never admits a third person, whatever is tried at once', async () => {
  const hall = freshRoom('hall')
  const [ann, ben, eve] = [
    await RawClient.join(hall, 'Ann'),
    await RawClient.join(hall, 'Ben'),
    await RawClient.join(hall, 'Eve'),
  ]
  ann.send('newRoom', { username2: 'Ben' })
  ben.send('newRoom', { username2: 'Ann' })
  eve.send('newRoom', { username2: 'Ben' })
  const asked = async (raw: RawClient) =>
    (await raw.until(({ event, data }) => event === 'newRoom' && data.username !== 'Eve')).data.room
  const [room, same] = await Promise.all([asked(ann), asked(ben)])
  expect(same).toBe(room)
  const third = (await eve.next('newRoom')).data.room
  expect(third).not.toBe(room)
  const tries = ROUNDS.flatMap(() => {
    const cookie = newCookie()
    const as = (method: string, path: string, body?: object) =>
      call(cookie, method, `/${room}${path}`, body).then(({ answer }) => answer)
    return [
      tryJoin(room, 'Ben', cookie),
      tryJoin(room, 'Eve', eve.cookie),
      as('POST', '/links/redeem', { secret: 'x' }),
      as('PATCH', '', { access: 'open' }),
      as('POST', '/links', { role: 'member' }),
    ]
  })
  const inside = [tryJoin(room, 'Ann', ann.cookie), tryJoin(room, 'Ben', ben.cookie)]
  expect(new Set(await Promise.all(tries))).toEqual(new Set(['not-found']))
  expect(await Promise.all(inside)).toEqual(['yes', 'yes'])
  // The two members cannot invite a third person either.
  for (const { cookie } of [ann, ben]) {
    expect((await call(cookie, 'PATCH', `/${room}`, { access: 'open' })).answer).toBe('forbidden')
    expect((await call(cookie, 'POST', `/${room}/links`, { role: 'member' })).answer).toBe('forbidden')
  }
  expect(await tryJoin(room, 'Eve', eve.cookie)).toBe('not-found')
  expect(
    (await select(room, 'SELECT username FROM people ORDER BY username')).map((row) => row.username),
  ).toEqual(['Ann', 'Ben'])
})

it.each([
  ['the message first', false],
  ['the ban first', true],
])(
  '[RA3] messages acked before a concurrent ban stay, and none is stored after its answer: %s',
  async (_order, first) => {
    const { room, owner } = await ownedRoom()
    for (const round of ROUNDS) {
      const ben = await RawClient.join(room, `Ben ${round}`)
      const by = personIdOf(ben)
      const ban = () => moderation(owner, { action: 'ban', by })
      let banned: Promise<string> | undefined
      if (first) banned = ban()
      for (let n = 0; n < 20; n += 1) {
        sayIfOpen(ben, `word ${n}`, `${round}-${n}`)
        // Some messages are in flight when the ban arrives.
        if (n === round) banned ??= ban()
        if (n % 4 === 0) await scheduler.wait(0)
      }
      expect(await banned).toBe('yes')
      const before = await select(room, `SELECT seq, id, body FROM messages WHERE by = '${by}'`)
      sayIfOpen(ben, 'too late', 'late')
      expect((await ben.untilClosed()).reason).toBe('banned')
      expect(await select(room, `SELECT seq, id, body FROM messages WHERE by = '${by}'`)).toEqual(before)
      const acked = ben.frames
        .filter(({ event, data }) => event === 'ack' || (event === 'updateChat' && data.by === by))
        .map(({ data }) => [data.seq, data.id])
      expect(before.map(({ seq, id }) => [seq, id])).toEqual(acked)
      expect(await tryJoin(room, 'Ben', ben.cookie)).toBe('banned')
    }
  },
)

it('[RA4] joins before a concurrent lock succeed, and none succeeds after its answer', async () => {
  for (const round of ROUNDS.slice(0, 5)) {
    const { room, owner } = await ownedRoom()
    const joins = Array.from({ length: 20 }, (_, n) => tryJoin(room, `Guest ${n}`))
    for (let n = 0; n < round; n += 1) await scheduler.wait(0)
    await callOk(owner.cookie, 'PATCH', `/${room}`, { locked: true })
    const known = await select(room, 'SELECT by FROM people')
    const answers = await Promise.all(joins)
    expect(await select(room, 'SELECT by FROM people')).toEqual(known)
    expect(answers.filter((answer) => answer === 'yes')).toHaveLength(known.length - 1)
    expect(answers.filter((answer) => answer !== 'yes').every((answer) => answer === 'locked')).toBe(true)
    expect(await tryJoin(room, 'Late')).toBe('locked')
  }
})

it('[RA5] two concurrent transfers of a room leave one owner', async () => {
  for (const _ of ROUNDS) {
    const { room, owner } = await ownedRoom()
    const heirs = [await RawClient.join(room, 'Ben'), await RawClient.join(room, 'Cleo')]
    const answers = await Promise.all(
      heirs.map((heir) => moderation(owner, { action: 'setRole', by: personIdOf(heir), role: 'owner' })),
    )
    expect(answers.toSorted()).toEqual(['forbidden', 'yes'])
    const heir = heirs[answers.indexOf('yes')]
    if (heir === undefined) expect.unreachable()
    expect(await select(room, "SELECT by FROM people WHERE role = 'owner'")).toEqual([
      { by: personIdOf(heir) },
    ])
    const tries = [owner, ...heirs].map((one) => call(one.cookie, 'PATCH', `/${room}`, { title: 'Mine' }))
    const titles = (await Promise.all(tries)).map(({ answer }) => answer)
    expect(titles).toEqual(['forbidden', ...answers])
  }
})

it('[RA6] moderators cannot ban each other, and a demoted one can ban nobody', async () => {
  const { room, owner } = await ownedRoom()
  const [mo, max, ben] = [
    await RawClient.join(room, 'Mo'),
    await RawClient.join(room, 'Max'),
    await RawClient.join(room, 'Ben'),
  ]
  const role = (raw: RawClient, to: string) =>
    moderation(owner, { action: 'setRole', by: personIdOf(raw), role: to })
  await Promise.all([role(mo, 'moderator'), role(max, 'moderator')])
  const ban = (who: RawClient, whom: RawClient) => moderation(who, { action: 'ban', by: personIdOf(whom) })
  expect(await Promise.all([ban(mo, max), ban(max, mo)])).toEqual(['forbidden', 'forbidden'])
  const [demoted, banned] = await Promise.all([role(max, 'member'), ban(mo, max), role(mo, 'member')])
  expect(demoted).toBe('yes')
  // In either order, the stored state matches the answers.
  const [max2] = await select(
    room,
    `SELECT banned_until > 0 AS banned FROM people WHERE by = '${personIdOf(max)}'`,
  )
  expect(max2?.banned).toBe(banned === 'yes' ? 1 : 0)
  expect(await ban(mo, ben)).toBe('forbidden')
})

it('[RA7] the answer to a revocation ends the link for everyone who has not joined by it, redeemed or not', async () => {
  const { room, owner } = await ownedRoom('invite')
  for (const round of ROUNDS) {
    const { url, id } = await callOk(owner.cookie, 'POST', `/${room}/links`, { role: 'member' })
    const redeem = async () => {
      const cookie = newCookie()
      const { answer } = await call(cookie, 'POST', `/${room}/links/redeem`, { secret: url.split('#k=')[1] })
      return { cookie, answer }
    }
    const early = Array.from({ length: round }, redeem)
    const revoked = callOk(owner.cookie, 'DELETE', `/${room}/links/${id}`)
    const late = Array.from({ length: 10 - round }, redeem)
    await revoked
    expect((await redeem()).answer).toBe('not-found')
    for (const { cookie, answer } of await Promise.all([...early, ...late])) {
      expect(['yes', 'not-found']).toContain(answer)
      expect(await tryJoin(room, `Guest ${cookie.slice(8, 16)}`, cookie)).toBe('not-found')
    }
  }
})

it('[RA8] erasing a person removes messages from before it, and keeps later ones', async () => {
  const { room } = await ownedRoom()
  const stub = env.ROOMS.getByName(room)
  for (const round of ROUNDS.slice(0, 3)) {
    const ben = await RawClient.join(room, `Ben ${round}`)
    const by = personIdOf(ben)
    let forgotten: Promise<unknown> | undefined
    for (let n = 0; n < 450; n += 1) {
      sayIfOpen(ben, `before ${n}`, `${n}`)
      if (n === 400 + round) forgotten = callOk(ben.cookie, 'DELETE', `/${room}/me`)
      if (n % 50 === 0) await scheduler.wait(0)
    }
    await forgotten
    await ben.untilClosed()
    const again = await RawClient.join(room, `Benedict ${round}`, ben.cookie)
    expect(personIdOf(again)).toBe(by)
    for (const n of ROUNDS) {
      again.say(`after ${n}`)
      await again.until(({ event, data }) => event === 'ack' || data.body === `after ${n}`)
      if (n % 3 === 0) await runDurableObjectAlarm(stub)
    }
    const left = `SELECT body, username FROM messages WHERE by = '${by}' AND (body <> '' OR username <> '') ORDER BY seq`
    const after = ROUNDS.map((n) => ({ body: `after ${n}`, username: `Benedict ${round}` }))
    await vi.waitFor(async () => {
      await runDurableObjectAlarm(stub)
      expect(await select(room, left)).toEqual(after)
    })
    expect(JSON.stringify(await select(room, 'SELECT * FROM changes'))).not.toMatch(/before|Ben \d/)
  }
})
