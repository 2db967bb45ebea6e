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
    expect(room.store.moderation.admitted('ben')).toBeUndefined()
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
      value: [{ hash: 'one more', role: 'member', madeBy: 'ann', madeAt: room.now }],
    })
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
