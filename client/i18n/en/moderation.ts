import { formatsOf } from '../formats.ts'

const { plural, list, named, money, percent, kilobytes } = formatsOf('en', { lists: 'en-GB' })

export interface UsageFigures {
  messages: number
  rowsWritten: number
  rowsRead: number
  requests: number
  activeSeconds: number
}

/** The strings of the dialogs about a room, loaded with the first of these. */
export const moderationEn = {
  fingerprint: (mark: string) => `Shows as ${mark} in this room, under any name.`,
  loading: 'One moment…',
  settings: 'Settings',
  people: 'People and roles',
  audit: 'Moderation log',
  copyLink: 'Copy link',
  noOwner:
    'Nobody owns this room. Anyone with the link can join, and nobody can lock it, remove people or delete their messages.',
  ownerStays: 'You own this room. Transfer it to someone before you leave it for good.',
  roles: { owner: 'Owner', moderator: 'Moderator', member: 'Member', reader: 'Reader' },
  save: 'Save',
  saved: 'Saved.',
  field: {
    title: 'Title',
    titleMore: 'Shown instead of the name in the link.',
    welcome: 'Welcome',
    welcomeMore: 'Shown first to people who join.',
    access: 'Who can join',
    open: 'Anyone with the link',
    invite: 'Only people with an invite link',
    locked: 'Locked: nobody new can join',
    slow: 'Slow mode',
    slowMore: 'How long each member waits between two messages, edits or reactions in words.',
    retention: 'Keep messages',
  },
  slow: (ms: number) =>
    ms === 0
      ? 'Off'
      : ms < 60_000
        ? `${ms / 1_000} seconds`
        : plural(ms / 60_000, { one: '# minute', other: '# minutes' }),
  retention: { '7d': '7 days', '30d': '30 days', forever: 'until they are deleted' },
  retentionWarning: (days: string) =>
    `Messages older than ${days} will be deleted within a day. You cannot get them back.`,
  inviteHint: 'People who have joined before still can. For everyone else, make invite links.',
  transfer: 'Transfer ownership',
  transferMore: 'Choose a person, then “Make owner”. You become a moderator.',

  linksMore:
    'Anyone who opens an invite link can join, unless the room is locked. Revoke a link, and people who opened it and have not joined can no longer join. Browsers keep the links they open in their history, so let a link work no longer than it must.',
  link: {
    role: 'They join as',
    expires: 'Works for',
    uses: 'Can be used',
    make: 'Make a link',
    made: 'Copy the link now. It will not be shown again.',
    none: 'There are no links.',
    revoke: 'Revoke',
    revoked: 'That link no longer works.',
    spans: { hour: 'an hour', day: 'a day', week: 'a week', ever: 'any length of time' },
    times: (uses: number) =>
      uses === 0 ? 'any number of times' : plural(uses, { one: 'once', other: '# times' }),
    left: (uses: number) =>
      uses === 0 ? 'used up' : plural(uses, { one: 'once more', other: '# times more' }),
    waiting: (count: number) =>
      plural(count, {
        one: 'one person opened it and can still join',
        other: '# people opened it and can still join',
      }),
    until: (moment: string) => `until ${moment}`,
    madeAt: (moment: string) => `Made ${moment}`,
  },

  here: 'here',
  lastSeen: (day: string) => `last here: ${day}`,
  mutedUntil: (moment: string) => `muted until ${moment}`,
  banned: 'banned',
  bannedUntil: (moment: string) => `banned until ${moment}`,
  reason: 'Reason',
  reasonMore: 'For the moderators. You can leave it empty.',
  mute: 'Mute for',
  unmute: 'Unmute',
  kick: 'Remove from room',
  kickMore: 'They can rejoin at once.',
  ban: 'Ban',
  banFor: { day: 'for a day', ever: 'for good' },
  network: 'Also ban newcomers from their network',
  unban: 'Unban',
  role: 'Role',
  makeOwner: 'Make owner',
  makeOwnerConfirm: (name: string) => `Transfer this room to ${named(name)}? You become a moderator.`,
  confirm: 'Transfer',
  cancel: 'Cancel',
  spans: { tenMinutes: '10 minutes', hour: '1 hour', day: '1 day' },
  done: {
    kick: (name: string) => `${named(name)} was removed from the room.`,
    mute: (name: string) => `${named(name)} is muted.`,
    unmute: (name: string) => `${named(name)} is no longer muted.`,
    ban: (name: string) => `${named(name)} is banned.`,
    unban: (name: string) => `${named(name)} is no longer banned.`,
    setRole: (name: string) => `${named(name)} has a new role.`,
  },

  report: 'Report this message',
  reportMore: 'The moderators will see the message, and that you reported it.',
  reportSend: 'Report',
  reported: 'Reported. Thank you.',
  block: (name: string) => `Block ${named(name)}`,
  blockMore: 'You hide their messages, and they cannot invite you. Nobody is told.',
  blocked: (name: string) => `You have blocked ${named(name)}.`,
  forget: 'Delete me from this room',
  forgetMore:
    'This deletes your messages here for everyone, with your name, your role and your place in the room. Replies that quote you stay. You cannot undo this.',
  forgetConfirm: 'Delete me',

  erase: 'Delete this room',
  eraseMore:
    'This deletes everything at once, for everyone: messages, people, links. Everyone in the room is removed. You cannot undo this.',
  eraseConfirm: 'Delete for good',

  auditNone: 'Nothing yet.',
  auditOlder: 'Show older',
  auditEntry: {
    set: (who: string, what: readonly string[]) => `${named(who)} changed the settings: ${list(what)}`,
    kick: (who: string, whom: string) => `${named(who)} removed ${named(whom)}`,
    mute: (who: string, whom: string, how: string) => `${named(who)} muted ${named(whom)} for ${how}`,
    unmute: (who: string, whom: string) => `${named(who)} unmuted ${named(whom)}`,
    ban: (who: string, whom: string, how: string, network: boolean) =>
      `${named(who)} banned ${named(whom)} ${how}${network ? ', with their network' : ''}`,
    unban: (who: string, whom: string) => `${named(who)} unbanned ${named(whom)}`,
    setRole: (who: string, whom: string, role: string) =>
      `${named(who)} made ${named(whom)} ${role.toLowerCase()}`,
    makeLink: (who: string, role: string) => `${named(who)} made an invite link for a ${role.toLowerCase()}`,
    redeemLink: (who: string, role: string) =>
      `${named(who)} opened an invite link for a ${role.toLowerCase()}`,
    revokeLink: (who: string) => `${named(who)} revoked an invite link`,
    report: (who: string, whom: string, others: number) =>
      others === 0
        ? `${named(who)} reported a message by ${named(whom)}`
        : `${named(who)} and ${plural(others, { one: 'one other', other: '# others' })} reported a message by ${named(whom)}`,
    deleteChat: (who: string, whom: string) => `${named(who)} deleted a message by ${named(whom)}`,
    editChat: (who: string, whom: string) => `${named(who)} edited a message by ${named(whom)}`,
    other: (who: string, what: string) => `${named(who)}: ${what}`,
    /** An earlier version recorded the ban in one text, which leaves open how long it lasts. */
    banUnclear: (who: string, whom: string, text: string) =>
      `${named(who)} banned ${named(whom)}, recorded as “${text}”`,
    because: (text: string, reason: string) => `${text}: ${reason}`,
    forSpan: (span: string) => `for ${span}`,
    someone: 'someone',
    someoneKnownBy: (mark: string) => `Someone (${mark})`,
  },
  settingNames: {
    title: 'title',
    welcome: 'welcome',
    locked: 'lock',
    slowMs: 'slow mode',
    retention: 'how long messages are kept',
    access: 'who can join',
  },
  duration: (ms: number) => {
    const [count, unit] =
      ms < 3_600_000
        ? [ms / 60_000, 'minute']
        : ms < 86_400_000
          ? [ms / 3_600_000, 'hour']
          : [ms / 86_400_000, 'day']
    return plural(Math.round(Number(count)), { one: `# ${unit}`, other: `# ${unit}s` })
  },

  cost: {
    title: 'What this room costs',
    loading: 'Adding it up…',
    failed: 'The cost is not available at the moment. Try again later.',
    month: (dollars: number, pricesOf: string) =>
      `This month ${dollars < 0.01 ? 'less than a cent' : money(dollars)}, at the public prices of ${pricesOf}, without the allowance of any plan.`,
    today: (used: UsageFigures) =>
      `Today ${list([
        plural(used.messages, { one: '# message', other: '# messages' }),
        plural(used.rowsWritten, { one: '# row written', other: '# rows written' }),
        plural(used.rowsRead, { one: '# read', other: '# read' }),
        plural(Math.ceil(used.requests), { one: '# request', other: '# requests' }),
      ])}; active for about ${plural(Math.ceil(used.activeSeconds), { one: '# second', other: '# seconds' })}.`,
    part: (part: number) => `That is ${percent(part)} of the free plan’s daily allowance.`,
    stored: (bytes: number) => `It stores ${kilobytes(bytes / 1_000)}.`,
    uncounted: (changes: number) =>
      plural(changes, { one: 'One more change was not counted.', other: '# more changes were not counted.' }),
  },
}

export type ModerationStrings = typeof moderationEn
