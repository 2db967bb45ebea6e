import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { NewLink } from '../../../src/protocol/moderation.ts'
import { TestRoom } from './test-room.ts'

/** Ann's invite-only room. */
function closedRoom() {
  const room = new TestRoom()
  room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
  room.enter('ann')
  expect(room.ask('ann', { kind: 'set', change: { access: 'invite' } })).toBe('ok')
  const make = (hash: string, link: Partial<NewLink> = {}, by = 'ann') =>
    room.ask(by, { kind: 'makeLink', hash, link: { role: 'member', ...link } })
  const redeem = (by: string, hash: string) => room.ask(by, { kind: 'redeemLink', hash })
  const refused = (by: string) => room.core.refuses({ session: `s-${by}`, by }, room.now)
  return { room, make, redeem, refused }
}

describe('an invite-only room', () => {
  it('[IL1] looks missing to strangers, and exists for former members, the owner and people with a link', () => {
    const { room, make, redeem, refused } = closedRoom()
    expect(refused('ben')).toBe('not-found')
    expect(make('h1')).toBe('ok')
    expect(redeem('ben', 'h1')).toBe('ok')
    expect([refused('ben'), refused('cleo'), refused('ann')]).toEqual([undefined, 'not-found', undefined])
    room.enter('ben')
    room.sleep()
    expect(refused('ben')).toBeUndefined()
    expect(room.store.moderation.admitted('ben', room.now)).toBeUndefined()
  })

  it('[IL2] gives new members the role of their invite link', () => {
    const { room, make, redeem } = closedRoom()
    make('h1', { role: 'reader' })
    make('h2', { role: 'moderator' })
    redeem('rae', 'h1')
    redeem('mo', 'h2')
    expect([room.enter('rae').role, room.enter('mo').role]).toEqual(['reader', 'moderator'])
  })

  it('[IL3] admits as many people by a link as it says, and a member who uses it takes no place', () => {
    const { room, make, redeem } = closedRoom()
    make('h1', { uses: 2 })
    expect([redeem('ann', 'h1'), redeem('ben', 'h1'), redeem('ben', 'h1'), redeem('cleo', 'h1')]).toEqual([
      'ok',
      'ok',
      'ok',
      'ok',
    ])
    room.enter('ben')
    expect(redeem('dan', 'h1')).toBe('not-found')
    room.sleep()
    expect(redeem('dan', 'h1')).toBe('not-found')
  })

  it('[IL12] remembers the newest people who used an unlimited link but never joined, and all who used a limited one', () => {
    const { room, make, redeem, refused } = closedRoom()
    make('some', { uses: 2 })
    make('any')
    redeem('ben', 'some')
    redeem('first', 'any')
    redeem('joined', 'any')
    room.enter('joined')
    for (let n = 0; n < LIMITS.waiting; n += 1) expect(redeem(`never-${n}`, 'any')).toBe('ok')
    redeem('last', 'any')
    expect(['ben', 'joined', 'last', `never-${LIMITS.waiting - 1}`].map(refused)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(['first', 'never-0'].map(refused)).toEqual(['not-found', 'not-found'])
    expect(redeem('first', 'any')).toBe('ok')
    expect(refused('first')).toBeUndefined()
    expect(room.enter('ben').role).toBe('member')
  })

  it('[IL4] answers alike for an expired, a revoked and an unknown link, and admits nobody by them', () => {
    const { room, make } = closedRoom()
    make('h1', { expiresInMs: 60_000 })
    make('h2')
    expect(room.ask('ann', { kind: 'revokeLink', hash: 'h2' })).toBe('ok')
    room.wait(60_000)
    const answers = ['h1', 'h2', 'h3'].map((hash) => room.act('ben', { kind: 'redeemLink', hash }).answer)
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"ok":false,"code":"not-found"}']),
    )
    expect(room.ask('ann', { kind: 'revokeLink', hash: 'h2' })).toBe('not-found')
  })

  it('[IL5] lets moderators make links, but only the owner a link for moderators', () => {
    const { room, make, redeem } = closedRoom()
    make('h1', { role: 'moderator' })
    make('h2')
    redeem('mo', 'h1')
    redeem('ben', 'h2')
    room.enter('mo')
    room.enter('ben')
    expect([
      make('h3', {}, 'mo'),
      make('h4', { role: 'moderator' }, 'mo'),
      make('h5', {}, 'ben'),
      room.ask('ben', { kind: 'listLinks' }),
      room.ask('ben', { kind: 'revokeLink', hash: 'h3' }),
      make('h6', {}, 'cleo'),
    ]).toEqual(['ok', 'forbidden', 'forbidden', 'forbidden', 'forbidden', 'not-found'])
  })

  it('[IL6] stores no secret, allows a limited number of links, and does not count expired ones', () => {
    const { room, make } = closedRoom()
    for (let i = 0; i < LIMITS.links; i++) expect(make(`h${i}`, { expiresInMs: 60_000 })).toBe('ok')
    expect(make('one more')).toBe('limit-reached')
    room.wait(60_000)
    expect(make('one more')).toBe('ok')
    const { answer } = room.act('ann', { kind: 'listLinks' })
    expect(answer).toEqual({
      ok: true,
      value: [{ id: 'one more', hash: 'one more', role: 'member', madeBy: 'ann', madeAt: room.now }],
    })
  })

  it.each([{}, { uses: 1 }, { uses: 2_000 }])(
    '[IL13] an admission ends with its link, used up or not, and the list shows how many wait: %j',
    (bounds) => {
      const { room, make, redeem, refused } = closedRoom()
      make('h1', { role: 'moderator', ...bounds })
      redeem('thief', 'h1')
      const links = () => room.store.moderation.linksWithWaiting()
      expect(links()).toMatchObject([{ hash: 'h1', waiting: 1 }])
      expect(refused('thief')).toBeUndefined()
      expect(room.ask('ann', { kind: 'revokeLink', hash: 'h1' })).toBe('ok')
      expect([links(), refused('thief')]).toEqual([[], 'not-found'])
      expect(room.sql.run('SELECT * FROM admissions')).toEqual([])
      room.ask('ann', { kind: 'set', change: { access: 'open' } })
      expect(room.enter('thief').role).toBe('member')
    },
  )

  it('[IL14] an admission ends when its link expires, before they join', () => {
    const { room, make, redeem, refused } = closedRoom()
    make('h1', { expiresInMs: 60_000, uses: 1 })
    make('h2')
    expect([redeem('ben', 'h1'), refused('ben')]).toEqual(['ok', undefined])
    room.wait(60_000)
    expect(refused('ben')).toBe('not-found')
    expect([redeem('ben', 'h2'), refused('ben')]).toEqual(['ok', undefined])
  })

  it('[IL15] a used-up link stays listed until the last person it admitted has joined', () => {
    const { room, make, redeem } = closedRoom()
    make('h1', { uses: 2 })
    redeem('ben', 'h1')
    redeem('cleo', 'h1')
    make('h2')
    const links = () =>
      room.store.moderation.linksWithWaiting().map(({ hash, uses, waiting }) => [hash, uses, waiting])
    expect(links()).toEqual([
      ['h1', 0, 2],
      ['h2', undefined, undefined],
    ])
    room.enter('ben')
    expect(links()[0]).toEqual(['h1', 0, 1])
    expect(redeem('dan', 'h1')).toBe('not-found')
    room.enter('cleo')
    expect(links()).toEqual([['h2', undefined, undefined]])
  })

  it('[IL16] each use of a link is in the audit log, with its role, and a member uses none', () => {
    const { room, make, redeem } = closedRoom()
    make('h1', { role: 'moderator' })
    for (const by of ['ann', 'ben', 'ben', 'cleo']) redeem(by, 'h1')
    const { answer } = room.act('ann', { kind: 'listNotes', before: 99, limit: 3 })
    const used = { action: 'redeemLink', username: '', role: 'moderator', link: 'h1' }
    expect(answer).toMatchObject({
      value: [
        { ...used, by: 'cleo' },
        { ...used, by: 'ben' },
        { action: 'makeLink', link: 'h1' },
      ],
    })
  })

  it('[IL18] an admission of an earlier version, whose link is unknown, admits a person but makes nobody a moderator', () => {
    const { room, refused } = closedRoom()
    room.store.moderation.admit('mo', { role: 'moderator' })
    room.store.moderation.admit('rae', { role: 'reader' })
    expect([refused('mo'), refused('rae')]).toEqual([undefined, undefined])
    expect([room.enter('mo').role, room.enter('rae').role]).toEqual(['member', 'reader'])
  })

  it('[IL7] does not admit banned people by a link', () => {
    const { room, make, redeem, refused } = closedRoom()
    make('h1')
    redeem('ben', 'h1')
    room.enter('ben')
    room.ask('ann', { kind: 'moderate', what: { action: 'ban', by: 'ben' } })
    expect([redeem('ben', 'h1'), refused('ben')]).toEqual(['banned', 'banned'])
  })

  it('[IL8] lets everyone join once it is open again', () => {
    const { room, refused } = closedRoom()
    room.ask('ann', { kind: 'set', change: { access: 'open' } })
    expect(refused('ben')).toBeUndefined()
  })
})

describe('the links of someone who may not make them any more', () => {
  type Demote = (room: TestRoom) => void
  const setRole = (by: string, role: 'owner' | 'member'): Demote => {
    return (room) => room.ask('ann', { kind: 'moderate', what: { action: 'setRole', by, role } })
  }
  it.each<[string, Demote, string[]]>([
    ['a demotion', setRole('mo', 'member'), ['ann member', 'ann moderator']],
    [
      'a ban',
      (room) => room.ask('ann', { kind: 'moderate', what: { action: 'ban', by: 'mo' } }),
      ['ann member', 'ann moderator'],
    ],
    ['being forgotten', (room) => room.ask('mo', { kind: 'forget' }), ['ann member', 'ann moderator']],
    ['a transfer of the room', setRole('mo', 'owner'), ['ann member', 'mo member']],
    [
      'a transfer by the operator',
      (room) => room.core.transferOwnership({ by: 'mo', before: 'ann' }, room.now),
      ['mo member'],
    ],
  ])('[IL17] go with %s, and so do the admissions by them', (_, demote, left) => {
    const { room, make, redeem, refused } = closedRoom()
    room.ask('ann', { kind: 'set', change: { access: 'open' } })
    room.enter('mo')
    room.ask('ann', { kind: 'moderate', what: { action: 'setRole', by: 'mo', role: 'moderator' } })
    room.ask('ann', { kind: 'set', change: { access: 'invite' } })
    make('ann member')
    make('ann moderator', { role: 'moderator' })
    make('mo member', {}, 'mo')
    const made = ['ann member', 'ann moderator', 'mo member']
    for (const hash of made) expect(redeem(`by ${hash}`, hash)).toBe('ok')
    demote(room)
    const links = room.store.moderation.links().map(({ hash }) => hash)
    expect(links.toSorted()).toEqual(left)
    expect(made.filter((hash) => refused(`by ${hash}`) === undefined)).toEqual(left)
  })
})
