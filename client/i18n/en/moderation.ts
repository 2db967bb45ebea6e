import { formatsOf } from '../formats.ts'

const { plural, list, named } = formatsOf('en', { lists: 'en-GB' })

/** The words of the dialogs about a room, which are loaded when one is first opened. */
export const moderationEn = {
  fingerprint: (mark: string) => `Known here by ${mark}, whatever name they take.`,
  loading: 'One moment…',
  settings: 'Settings',
  people: 'People and roles',
  audit: 'What was done',
  copyLink: 'Copy link',
  noOwner:
    'Nobody owns this room: it began by its name. Whoever has the link can come in, and nobody can lock it, show others out or delete what they said.',
  ownerStays: 'You own this room. To leave it for good, hand it on to someone first.',
  roles: { owner: 'Owner', moderator: 'Moderator', member: 'Member', reader: 'Reader' },
  save: 'Save',
  saved: 'Saved.',
  field: {
    title: 'Title',
    titleMore: 'Shown instead of the name in the link.',
    welcome: 'Welcome',
    welcomeMore: 'What newcomers read first.',
    access: 'Who may come in',
    open: 'Whoever has the link',
    invite: 'Only by invitation link',
    locked: 'Locked: nobody new comes in',
    slow: 'Slow mode',
    slowMore: 'How long each member waits between two messages.',
    retention: 'Messages are kept',
  },
  slow: (ms: number) =>
    ms === 0
      ? 'Off'
      : ms < 60_000
        ? `${ms / 1_000} seconds`
        : plural(ms / 60_000, { one: '# minute', other: '# minutes' }),
  retention: { '7d': '7 days', '30d': '30 days', forever: 'until they are deleted' },
  retentionWarning: (days: string) =>
    `Messages older than ${days} are then erased within a day. They cannot be brought back.`,
  inviteHint: 'Those who have been in can still come in. For everyone else, make invitation links.',
  transfer: 'Hand the room on',
  transferMore: 'Choose the person, then “Make owner”. You become a moderator.',

  linksMore: 'Whoever opens such a link is let in where others are not, though past no lock.',
  link: {
    role: 'They come in as',
    expires: 'It works for',
    uses: 'It can be used',
    make: 'Make a link',
    made: 'Here it is. It is shown only now, so copy it.',
    none: 'There are no links.',
    revoke: 'Revoke',
    revoked: 'That link does not work any more.',
    spans: { hour: 'an hour', day: 'a day', week: 'a week', ever: 'ever' },
    times: (uses: number) =>
      uses === 0 ? 'any number of times' : plural(uses, { one: 'once', other: '# times' }),
    left: (uses: number) => plural(uses, { one: 'once more', other: '# times more' }),
    until: (moment: string) => `until ${moment}`,
    madeAt: (moment: string) => `Made ${moment}`,
  },

  here: 'here',
  lastSeen: (day: string) => `here last: ${day}`,
  mutedUntil: (moment: string) => `muted until ${moment}`,
  banned: 'banned',
  bannedUntil: (moment: string) => `banned until ${moment}`,
  reason: 'Reason',
  reasonMore: 'For those who look after the room. You need not give one.',
  mute: 'Mute for',
  unmute: 'Let them write again',
  kick: 'Show out',
  kickMore: 'They can come back at once.',
  ban: 'Ban',
  banFor: { day: 'for a day', ever: 'for good' },
  network: 'Also keep out newcomers from their network',
  unban: 'Let them back in',
  role: 'Role',
  makeOwner: 'Make owner',
  makeOwnerConfirm: (name: string) => `Hand the room on to ${named(name)}? You become a moderator.`,
  confirm: 'Yes, do it',
  cancel: 'Never mind',
  spans: { tenMinutes: '10 minutes', hour: '1 hour', day: '1 day' },
  done: {
    kick: (name: string) => `${named(name)} was shown out.`,
    mute: (name: string) => `${named(name)} is muted.`,
    unmute: (name: string) => `${named(name)} can write again.`,
    ban: (name: string) => `${named(name)} is banned.`,
    unban: (name: string) => `${named(name)} can come in again.`,
    setRole: (name: string) => `${named(name)} has another role now.`,
  },

  report: 'Report this message',
  reportMore: 'Those who look after this room will see it, and that you reported it.',
  reportSend: 'Report',
  reported: 'Reported. Thank you.',
  block: (name: string) => `Block ${named(name)}`,
  blockMore: 'You see their messages only when you ask to, and they cannot invite you. Nobody is told.',
  blocked: (name: string) => `You have blocked ${named(name)}.`,
  forget: 'Have this room forget me',
  forgetMore:
    'Your messages here are erased for everyone, and your name, your role and your place in the room go. Answers that quote you stay with those who wrote them. This cannot be undone.',
  forgetConfirm: 'Forget me',

  erase: 'Delete this room',
  eraseMore:
    'All of it goes for everyone, at once: messages, people, links. Nobody can bring it back, and everyone in it is shown out.',
  eraseConfirm: 'Delete it for good',

  auditNone: 'Nothing yet.',
  auditOlder: 'Show older',
  auditEntry: {
    set: (who: string, what: readonly string[]) => `${named(who)} changed the settings: ${list(what)}`,
    kick: (who: string, whom: string) => `${named(who)} showed ${named(whom)} out`,
    mute: (who: string, whom: string, how: string) => `${named(who)} muted ${named(whom)} for ${how}`,
    unmute: (who: string, whom: string) => `${named(who)} let ${named(whom)} write again`,
    ban: (who: string, whom: string, how: string, network: boolean) =>
      `${named(who)} banned ${named(whom)} ${how}${network ? ', with their network' : ''}`,
    unban: (who: string, whom: string) => `${named(who)} let ${named(whom)} back in`,
    setRole: (who: string, whom: string, role: string) =>
      `${named(who)} made ${named(whom)} ${role.toLowerCase()}`,
    makeLink: (who: string, role: string) => `${named(who)} made a link for a ${role.toLowerCase()}`,
    revokeLink: (who: string) => `${named(who)} revoked a link`,
    report: (who: string, whom: string) => `${named(who)} reported a message of ${named(whom)}`,
    deleteChat: (who: string, whom: string) => `${named(who)} deleted a message of ${named(whom)}`,
    editChat: (who: string, whom: string) => `${named(who)} changed a message of ${named(whom)}`,
    other: (who: string, what: string) => `${named(who)}: ${what}`,
    because: (said: string, reason: string) => `${said}: ${reason}`,
    forSpan: (span: string) => `for ${span}`,
    someone: 'someone',
  },
  settingNames: {
    title: 'title',
    welcome: 'welcome',
    locked: 'lock',
    slowMs: 'slow mode',
    retention: 'how long messages are kept',
    access: 'who may come in',
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
}

export type ModerationStrings = typeof moderationEn
