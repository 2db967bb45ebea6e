import { describe, expect, it } from 'vitest'
import type { Moderation, SettingsChange } from '../../../src/protocol/moderation.ts'
import { TestRoom } from './test-room.ts'

/** Ann's room, with Ben in it and a reusable invite link. */
function annsRoom() {
  const room = new TestRoom()
  room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
  const ann = room.enter('ann')
  const ben = room.enter('ben')
  expect(room.ask('ann', { kind: 'makeLink', hash: 'link', link: { role: 'member' } })).toBe('ok')
  const moderate = (what: Moderation) => expect(room.ask('ann', { kind: 'moderate', what })).toBe('ok')
  const set = (change: SettingsChange) => expect(room.ask('ann', { kind: 'set', change })).toBe('ok')
  const visitor = (by: string, network?: string) => ({
    session: `s-${by}`,
    by,
    ...(network === undefined ? {} : { network }),
  })
  const redeem = (by: string, network?: string) => {
    const { value: answer } = room.core.act(
      visitor(by, network),
      { kind: 'redeemLink', hash: 'link' },
      room.now,
    )
    return answer.ok ? 'ok' : answer.code
  }
  const refused = (by: string, network?: string) => room.core.refuses(visitor(by, network), room.now)
  return { room, ann, ben, moderate, set, redeem, refused }
}

describe('a link', () => {
  it.each(['open', 'invite'] as const)('[EV1] does not admit new members to a locked %s room', (access) => {
    const { set, redeem, refused } = annsRoom()
    set({ access })
    expect(redeem('cleo')).toBe('ok')
    set({ locked: true })
    expect([redeem('dan'), refused('cleo'), redeem('ben')]).toEqual(['locked', 'locked', 'ok'])
    set({ locked: false })
    expect([redeem('dan'), refused('dan'), refused('cleo')]).toEqual(['ok', undefined, undefined])
  })

  it.each(['open', 'invite'] as const)(
    '[EV2] does not admit people from a banned network into an %s room',
    (access) => {
      const { room, moderate, set, redeem, refused } = annsRoom()
      set({ access })
      expect([redeem('cleo', 'home'), redeem('eve', 'home')]).toEqual(['ok', 'ok'])
      room.join(room.open('eve', { network: 'home' }))
      moderate({ action: 'ban', by: 'eve', network: true })
      expect([redeem('eva', 'home'), refused('cleo', 'home')]).toEqual(['banned', 'banned'])
      moderate({ action: 'unban', by: 'eve' })
      expect([redeem('eva', 'home'), refused('cleo', 'home')]).toEqual(['ok', undefined])
    },
  )
})

describe('a network', () => {
  it('[EV9] stays banned for each person banned with it, whatever happens to the others', () => {
    const { room, moderate, refused } = annsRoom()
    for (const by of ['eve', 'cleo']) room.join(room.open(by, { network: 'home' }))
    moderate({ action: 'ban', by: 'eve', network: true })
    moderate({ action: 'ban', by: 'cleo', network: true, ms: 1_000 })
    room.wait(1_000)
    expect([refused('cleo', 'home'), refused('new', 'home')]).toEqual([undefined, 'banned'])
    moderate({ action: 'unban', by: 'cleo' })
    expect(refused('new', 'home')).toBe('banned')
    moderate({ action: 'unban', by: 'eve' })
    expect(refused('new', 'home')).toBeUndefined()
  })
})

describe('a muted person', () => {
  it('[EV3] cannot post through a name: neither by a rename nor by joining under another name', () => {
    const { room, ann, ben, moderate } = annsRoom()
    moderate({ action: 'mute', by: 'ben', ms: 60_000 })
    const told = room.send(ben, 'userRename', { username: 'Buy now', room: room.room })
    expect(told.the(ben, 'error')).toMatchObject({ code: 'muted', retryAfter: 60_000 })
    expect(told.events(ann)).toEqual([])
    const tab = room.open('ben')
    const joined = room.join(tab, { username: 'Buy now' })
    expect(joined.the(tab, 'joined')).toMatchObject({ username: ben.username, mutedUntil: room.now + 60_000 })
    expect(room.wait(2_000).events(ann)).not.toContain('userRename')
    room.wait(60_000)
    expect(room.send(ben, 'userRename', { username: 'Benedict', room: room.room }).events(ben)).toEqual([])
    expect(room.wait(2_000).events(ann)).toContain('userRename')
  })
})

describe('a room with a new owner', () => {
  it('[EV4] lets that owner join and post, whatever restricted them before', () => {
    const { room, moderate, refused } = annsRoom()
    moderate({ action: 'mute', by: 'ben', ms: 60_000 })
    moderate({ action: 'ban', by: 'ben' })
    moderate({ action: 'setRole', by: 'ben', role: 'owner' })
    expect(refused('ben')).toBeUndefined()
    const ben = room.enter('ben')
    expect(room.send(ben, 'updateChat', { body: 'hello', id: 'h' }).events(ben)).toEqual(['ack'])
    expect(room.ask('ben', { kind: 'listPeople' })).toBe('ok')
  })
})
