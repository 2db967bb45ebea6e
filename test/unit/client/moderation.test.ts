import { signal } from '@preact/signals'
import { describe, expect, it } from 'vitest'
import { parseAuditEntries } from '../../../client/moderation/audit-note.ts'
import { fingerprintOf } from '../../../client/moderation/fingerprint.ts'
import { createInviteLinksStore } from '../../../client/moderation/invite-links-store.ts'
import { createMembersStore, type ListedMember, possible } from '../../../client/moderation/members-store.ts'
import { changesOf, keepsLess, settingsOf } from '../../../client/moderation/room-settings.ts'
import type { ApiOutcome } from '../../../client/net/call-api.ts'
import { createRoomApi } from '../../../client/net/room-api.ts'
import {
  createRoomModeration,
  type ReceivedReports,
  withReport,
} from '../../../client/room/room-moderation.ts'
import type { Role } from '../../../src/protocol/roles.ts'
import type { Joined, Message } from '../../../src/protocol/server-frames.ts'
import { FakeClock } from '../session/fake-clock.ts'

/** Answers what it is told to, and keeps what it was asked. */
function answering(answers: Record<string, ApiOutcome>) {
  const asked: unknown[] = []
  const api = createRoomApi('hall', async (path, method, what) => {
    const call = `${method} ${path.replace('/api/rooms/hall', '')}`
    asked.push(what === undefined ? call : [call, what])
    return answers[call] ?? { ok: false, code: 'forbidden', words: 'no' }
  })
  return { asked, api }
}
const ok = (body = {}): ApiOutcome => ({ ok: true, body })

describe('settings', () => {
  it('[HK1] missing settings have their defaults, and only changed settings are sent', () => {
    const before = settingsOf({ title: 'Kitchen', access: 'invite' })
    expect(before).toEqual({
      title: 'Kitchen',
      welcome: '',
      locked: false,
      slowMs: 0,
      retention: 'forever',
      access: 'invite',
    })
    expect(changesOf(before, { ...before, title: ' Kitchen ' })).toEqual({})
    expect(changesOf(before, { ...before, locked: true, retention: '7d' })).toEqual({
      locked: true,
      retention: '7d',
    })
  })

  it('[HK2] a shorter retention deletes messages, an equal or longer one does not', () => {
    expect([keepsLess('forever', '30d'), keepsLess('30d', '7d')]).toEqual([true, true])
    expect([keepsLess('7d', '30d'), keepsLess('30d', '30d')]).toEqual([false, false])
  })
})

describe('people', () => {
  const ben: ListedMember = {
    by: 'b',
    username: 'Ben',
    role: 'member',
    seen: 0,
    here: true,
    mutedUntil: 0,
    bannedUntil: 0,
  }
  const access = { kind: 'open', owner: true } as const
  const may = (role: Role, more: Partial<ListedMember> = {}) =>
    Object.entries(possible({ role, access }, { ...ben, ...more }, 100)).flatMap(([action, is]) =>
      is ? [action] : [],
    )

  it('[HK3] moderators can act on lower ranks, and undo what is in force', () => {
    expect(may('owner')).toEqual(['kick', 'mute', 'ban', 'setRole'])
    expect(may('moderator')).toEqual(['kick', 'mute', 'ban'])
    expect(may('moderator', { here: false, mutedUntil: 101 })).toEqual(['unmute', 'ban'])
    expect(may('moderator', { here: false, bannedUntil: 101 })).toEqual(['unban'])
    expect(may('moderator', { mutedUntil: 100, bannedUntil: 100 })).toEqual(['kick', 'mute', 'ban'])
  })

  it('[HK4] nobody is moderated by an equal or a member', () => {
    expect([may('moderator', { role: 'moderator' }), may('owner', { role: 'owner' })]).toEqual([[], []])
    expect(may('member', { role: 'reader' })).toEqual([])
  })

  it('[HK5] after an action the people are loaded again, and a refusal is shown', async () => {
    const { asked, api } = answering({
      'GET /people': ok({ people: [{ ...ben, role: 'none such' }, { by: 1 }] }),
      'POST /moderation': ok(),
    })
    const store = createMembersStore(api)
    expect(await store.act({ action: 'kick', by: 'b' })).toBe(true)
    expect(asked).toEqual([['POST /moderation', { action: 'kick', by: 'b' }], 'GET /people'])
    expect(store.people.value).toEqual([ben])

    const refused = createMembersStore(answering({}).api)
    expect([await refused.act({ action: 'kick', by: 'b' }), refused.problem.value]).toEqual([false, 'no'])
  })
})

describe('links', () => {
  it('[HK6] a new link’s address shows once, and the newest link comes first', async () => {
    const listed = {
      links: [
        { hash: 'h1', role: 'reader', madeAt: 1, uses: 2, waiting: 3 },
        { hash: 'h2', madeAt: 2 },
      ],
    }
    const { asked, api } = answering({
      'GET /links': ok(listed),
      'POST /links': ok({ id: 'h2', url: 'https://x/r/y#k=z' }),
      'DELETE /links/h1': ok(),
    })
    const store = createInviteLinksStore(api)
    await store.make({ role: 'member', uses: 1 })
    expect(store.made.value).toBe('https://x/r/y#k=z')
    expect(store.links.value).toEqual([
      { hash: 'h2', role: 'member', madeAt: 2 },
      { hash: 'h1', role: 'reader', madeAt: 1, uses: 2, waiting: 3 },
    ])
    await store.revoke('h1')
    expect(store.made.value).toBeUndefined()
    expect(asked.at(-2)).toBe('DELETE /links/h1')
  })
})

describe('audit', () => {
  const told = (action: string, detail?: string) =>
    parseAuditEntries([{ n: 1, time: 2, by: 'a', username: 'Mo', action, aboutName: 'Ben', detail }])

  it.each([
    ['mute', { ms: 600_000, reason: 'rude' }, 'Mo muted Ben for 10 minutes: rude'],
    ['ban', { reason: '60000 ms was rude once' }, 'Mo banned Ben for good: 60000 ms was rude once'],
    ['ban', { reason: 'network' }, 'Mo banned Ben for good: network'],
    [
      'ban',
      { ms: 3_600_000, network: true, reason: 'spam', detail: '3600000 ms network' },
      'Mo banned Ben for 1 hour, with their network: spam',
    ],
    ['ban', {}, 'Mo banned Ben for good'],
    ['kick', { reason: '#1' }, 'Mo removed Ben: #1'],
    ['report', { ref: 1, count: 2 }, 'Mo and one other reported a message by Ben'],
    ['report', { ref: 1, count: 9, reason: 'spam' }, 'Mo and 8 others reported a message by Ben: spam'],
    ['setRole', { role: 'moderator', detail: 'reader' }, 'Mo made Ben moderator'],
    ['set', { settings: ['locked', 'slowMs'] }, 'Mo changed the settings: lock and slow mode'],
    ['makeLink', { role: 'reader' }, 'Mo made an invite link for a reader'],
    [
      'redeemLink',
      { role: 'reader', username: '', by: 'abcd' },
      `Someone (${fingerprintOf('abcd')}) opened an invite link for a reader`,
    ],
    [
      'set',
      { username: '', as: 'owner', settings: ['title'] },
      'Someone (Owner) changed the settings: title',
    ],
    ['set', { username: '', settings: ['title'] }, 'someone changed the settings: title'],
  ])('[HK12] an audit entry is read by its fields: %s %j: %s', (action, fields, text) => {
    const [entry] = parseAuditEntries([
      { n: 1, time: 2, username: 'Mo', action, aboutName: 'Ben', ...fields },
    ])
    expect(entry?.text).toBe(text)
  })

  it.each([
    ['mute', '600000 ms rude', 'Mo muted Ben for 10 minutes: rude'],
    ['mute', '86400000 ms', 'Mo muted Ben for 1 day'],
    ['ban', undefined, 'Mo banned Ben for good'],
    ['ban', '60000 ms was rude once', 'Mo banned Ben, recorded as “60000 ms was rude once”'],
    ['ban', 'network he asked for it', 'Mo banned Ben, recorded as “network he asked for it”'],
    ['ban', 'spam', 'Mo banned Ben for good: spam'],
    ['ban', 'networking event', 'Mo banned Ben for good: networking event'],
    ['kick', 'shouting', 'Mo removed Ben: shouting'],
    ['unmute', undefined, 'Mo unmuted Ben'],
    ['setRole', 'moderator', 'Mo made Ben moderator'],
    ['set', 'locked slowMs', 'Mo changed the settings: lock and slow mode'],
    ['makeLink', 'reader', 'Mo made an invite link for a reader'],
    ['teleport', 'x', 'Mo: teleport'],
  ])(
    '[HK7] an audit entry of an earlier version is read by its text, and a doubtful ban says how it was recorded: %s %s: %s',
    (action, detail, text) => {
      expect(told(action, detail)).toEqual([{ n: 1, time: 2, text }])
    },
  )

  it('[HK8] an audit entry about a message leads to it', () => {
    expect(told('report', '#12 not nice')).toEqual([
      { n: 1, time: 2, text: 'Mo reported a message by Ben: not nice', ref: 12 },
    ])
    expect(told('deleteChat', '#7')[0]).toMatchObject({ text: 'Mo deleted a message by Ben', ref: 7 })
    const now = { n: 1, time: 2, username: 'Mo', action: 'report', aboutName: 'Ben', ref: 3, reason: '#9 x' }
    expect(parseAuditEntries([now])[0]).toMatchObject({ text: 'Mo reported a message by Ben: #9 x', ref: 3 })
  })
})

describe('blocked people and outcomes', () => {
  function create(about: Partial<Joined> = {}) {
    const clock = new FakeClock()
    const self = signal<Joined | undefined>({ role: 'member', access: 'open', ...about } as Joined)
    const reports = signal<ReceivedReports | undefined>(undefined)
    return { ...createRoomModeration({ self, reports, clock }), clock, self }
  }
  const message = { seq: 3, by: 'b' } as Message

  it('[HK9] a message of a blocked person is folded until the reader unfolds it, and can be folded again', () => {
    const { foldOf, setShown, self } = create({ blocked: ['b'] })
    expect(foldOf(message)).toBe('folded')
    setShown(3, true)
    expect(foldOf(message)).toBe('shown')
    setShown(3, false)
    expect(foldOf(message)).toBe('folded')
    self.value = { role: 'member' } as Joined
    expect(foldOf(message)).toBeUndefined()
  })

  it('[HK20] of many reports, the first is shown and the messages of the others are counted, each once', () => {
    const report = { ref: 3, by: 'b', username: 'Ben', reason: 'spam' }
    const first = withReport(undefined, report)
    expect(first).toEqual({ first: report, refs: [3], others: 0 })
    const again = withReport(first, { ...report, username: 'Cy', count: 2 })
    expect(again).toEqual(first)
    expect(withReport(again, { ...report, ref: 4, others: 500 })).toEqual({
      first: report,
      refs: [3, 4],
      others: 500,
    })
  })

  it('[HK11] the outcome of an action shows for a while', async () => {
    const { showOutcome, outcome, clock } = create()
    showOutcome('Saved.')
    await clock.advance(7_000)
    showOutcome('Reported.')
    await clock.advance(7_999)
    expect(outcome.value).toBe('Reported.')
    await clock.advance(1)
    expect(outcome.value).toBe('')
  })
})
