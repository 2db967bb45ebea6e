import { LIMITS } from '../../../src/protocol/limits.ts'
import { formatsOf } from '../formats.ts'
import { doorEn } from './door.ts'

const { number, plural, list, money, percent, kilobytes, named } = formatsOf('en', { lists: 'en-GB' })

export interface PresenceNames {
  joined: readonly string[]
  left: readonly string[]
  visited: readonly string[]
  renamed: readonly { name: string; formerly?: string }[]
}

export interface UsageFigures {
  messages: number
  rowsWritten: number
  rowsRead: number
  requests: number
  activeSeconds: number
}
/** "Ann", "Ann and Ben", "Ann, Ben and 3 others". */
function someOf(names: readonly string[]): string {
  const others = names.length - 2
  if (others < 2) return list(names.map(named))
  return list([...names.slice(0, 2).map(named), plural(others, { one: '# other', other: '# others' })])
}

function clausesOf(renamed: PresenceNames['renamed']): string[] {
  const others = renamed.length - 2
  const [few, more] = others < 2 ? [renamed, []] : [renamed.slice(0, 2), [others]]
  return [
    ...few.map(({ name, formerly = 'Someone' }) => `${named(formerly)} is now ${named(name)}`),
    ...more.map((count) => plural(count, { other: '# others took other names' })),
  ]
}

/** "12 s", "4 min 20 s". */
function span(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const rest = `${seconds % 60} s`
  return minutes === 0 ? rest : `${minutes} min ${rest}`
}

/** What is said behind the door, in English. */
export const roomEn = {
  rooms: {
    title: 'Rooms',
    openWith: (news: string) => `Rooms, ${news}`,
    many: (count: string) => `${count}+`,
    unread: (count: number, more: boolean) =>
      more ? `more than ${number(count)} unread` : `${number(count)} unread`,
    mentioned: 'you are mentioned',
    row: (title: string, news: readonly string[]) => [title, ...news].join(', '),
    invitations: 'Invitations',
    invited: (name: string) => `${named(name)} asks you in`,
    dismissInvitation: (name: string) => `Put away the invitation from ${named(name)}`,
    menu: (title: string) => `More about ${named(title)}`,
    switch: 'Find a room',
    key: (isMac: boolean): string => (isMac ? '⌘K' : 'Ctrl K'),
    field: 'Name of a room',
    results: 'Rooms to go to',
    goTo: (room: string) => `Go to ${room}`,
    invalidName: 'A room’s name has letters a–z, digits and hyphens.',
    forget: 'Leave and forget',
    forgetMore:
      'The room goes from this list, and with it your draft and your place in it. What was said stays in the room.',
    unsent: (count: number) =>
      plural(count, {
        one: 'Something you wrote there has not been sent yet. It would be lost.',
        other: '# things you wrote there have not been sent yet. They would be lost.',
      }),
    forgetConfirm: 'Forget it all the same',
    cancel: 'Never mind',
    forgotten: (title: string) => `${named(title)} is forgotten.`,
    home: 'Front page',
  },

  people: {
    label: 'People here',
    hereNow: 'Here now',
    show: (count: number) => plural(count, { one: '# person here', other: '# people here' }),
    more: (count: number) => plural(count, { one: 'and one more', other: 'and # more' }),
    you: 'you',
    talkPrivately: (name: string) => `Talk with ${named(name)} in private`,
    opening: (name: string) => `Opening a private room with ${named(name)}…`,
  },

  welcome: {
    label: 'A word of welcome',
    dismiss: 'Thanks',
  },

  cost: {
    title: 'What this room costs',
    loading: 'Adding it up…',
    failed: 'That cannot be told just now.',
    month: (dollars: number, pricesOf: string) =>
      `This month ${dollars < 0.01 ? 'less than a cent' : money(dollars)}, at the public prices of ${pricesOf}, as if no plan included anything.`,
    today: (used: UsageFigures) =>
      `Today ${list([
        plural(used.messages, { one: '# message', other: '# messages' }),
        plural(used.rowsWritten, { one: '# row written', other: '# rows written' }),
        plural(used.rowsRead, { one: '# read', other: '# read' }),
        plural(Math.ceil(used.requests), { one: '# request', other: '# requests' }),
      ])}; awake for about ${plural(Math.ceil(used.activeSeconds), { one: '# second', other: '# seconds' })}.`,
    part: (part: number) => `That is ${percent(part)} of what the free plan gives a day.`,
    stored: (bytes: number) => `It keeps ${kilobytes(bytes / 1_000)}.`,
    uncounted: (changes: number) =>
      plural(changes, { one: 'One change more was not counted.', other: '# changes more were not counted.' }),
  },

  code: {
    name: 'Code',
    copy: 'Copy code',
    copied: 'Code copied',
    copyByHand: 'Copy this code',
    showAll: (lines: number) => plural(lines, { other: 'Show all # lines' }),
    showLess: 'Show fewer lines',
  },

  invite: {
    copy: 'Copy link',
    copied: 'Link copied',
    copyByHand: 'Copy this link',
    share: 'Share link',
    emptyTitle: 'It’s quiet in here.',
    emptyText: 'Send someone this link. Whoever opens it can come in.',
    emptyInvite: 'Only who has been invited can come in.',
    emptyPrivate: (name: string) =>
      `Only you and ${named(name)} can come in here. What you write waits for ${named(name)}.`,
    emptyPrivateUnknown: 'Only the two of you can come in here.',
    card: (name: string) => `Invitation from ${named(name)}`,
    cardText: (name: string) => `${named(name)} would like to talk with you in private.`,
    accept: 'Talk in private',
    dismiss: 'Dismiss',
  },

  timeline: {
    label: 'Messages',
    beginning: 'This is where the conversation began.',
    older: 'Loading older messages…',
    toPresent: 'Jump to the present',
    /** "Ann and Ben joined, Cy left" */
    presence: ({ joined, left, visited, renamed }: PresenceNames) =>
      [
        joined.length > 0 ? `${someOf(joined)} joined` : '',
        left.length > 0 ? `${someOf(left)} left` : '',
        visited.length > 0 ? `${someOf(visited)} came and went` : '',
        ...clausesOf(renamed),
      ]
        .filter((clause) => clause !== '')
        .join(', '),
    newer: (count: number) => plural(count, { one: '# new message', other: '# new messages' }),
    edited: (editor?: string) => (editor === undefined ? 'edited' : `edited by ${named(editor)}`),
    deleted: 'This message was deleted.',
    pending: 'Sending',
    failed: 'Not sent.',
    mutedUntil: (moment: string) => `You cannot write here until ${moment}.`,
    folded: 'Message from someone you blocked',
    unfold: 'Show',
    fold: 'Hide',
    retry: 'Try again',
    discard: 'Discard',
    keep: 'Keep the message',
    inReplyTo: 'In reply to',
    quoteAbove: 'an earlier message',
    messageGone: 'That message is not here any more.',
    unread: 'New',
    unreadAbove: (count: number, isMore: boolean) =>
      isMore
        ? `${number(count)}+ new messages`
        : plural(count, { one: '# new message', other: '# new messages' }),
    reaction: (emoji: string, count: number) =>
      `${emoji}, ${plural(count, { one: '# person', other: '# people' })}`,
    announced: (name: string, body: string) => `${named(name)}: ${body}`,
    announcedMany: (count: number, names: readonly string[]) =>
      `${plural(count, { one: '# new message', other: '# new messages' })} from ${someOf(names)}`,
  },

  actions: {
    label: 'This message',
    react: (emoji: string) => `React with ${emoji}`,
    reactMore: 'React with another emoji',
    reply: 'Reply',
    copyLink: 'Copy the link to it',
    edit: 'Edit',
    remove: 'Delete',
    removeConfirm: 'Delete for everyone?',
  },

  typing: (names: readonly string[]) => `${someOf(names)} ${names.length === 1 ? 'is' : 'are'} typing`,

  composer: {
    label: 'Message',
    placeholder: 'Write a message',
    placeholderTo: (name: string) => `Write to ${named(name)}`,
    send: 'Send',
    editing: 'Editing your message',
    replying: (name: string) => `Replying to ${named(name)}`,
    cancel: 'Never mind',
    remaining: (count: number) => plural(count, { one: '# character left', other: '# characters left' }),
    tooLong: (count: number) =>
      plural(count, { one: '# character too long', other: '# characters too long' }),
    choices: { person: 'People', emoji: 'Emoji', command: 'Commands' },
    notStored: 'This browser could not keep the message. It is back in the field.',
    restriction: {
      reader: 'You can read along here, and not write.',
      slow: (seconds: number) => `You can write again in ${span(seconds)}.`,
      queued: (seconds: number) => `It is sent in ${span(seconds)}: the room is slowed down.`,
    },
    refused: {
      unknown: (command: string) =>
        `There is no ${command}. Try /help, or a space in front to send it as it is.`,
      'no-text': (command: string) => `What comes after ${command}?`,
      name: () => doorEn.join.nameInvalid,
      topic: () => `A topic has at most ${LIMITS.topicLength} characters.`,
    },
  },

  emoji: {
    open: 'Emoji',
    search: 'Search emoji',
    loading: 'Fetching the emoji…',
    failed: 'The emoji could not be fetched. Close this and try again.',
    none: 'There is none of that name.',
    found: 'Found',
    recent: 'Used lately',
    groups: {
      smileys: 'Faces',
      people: 'People and hands',
      hearts: 'Hearts and feelings',
      nature: 'Nature',
      food: 'Food and drink',
      doing: 'Doing and going',
      things: 'Things',
      signs: 'Signs',
    },
  },

  help: {
    title: 'What can be typed',
    lines: [
      ['**bold**  *italics*  ~~struck~~', 'marks for what matters, leans or no longer holds'],
      ['`code`  or  ```', 'code in a line; three on a line of their own begin and end a block'],
      ['> words', 'a quote'],
      ['- one', 'a list; 1. 2. 3. counts'],
      ['/me waves', 'says what you do'],
      ['/nick Ann', 'takes another name here'],
      ['/topic Lunch', 'sets what the room is about'],
      ['/invite Ben', 'opens a room for the two of you'],
      ['/help', 'shows this'],
    ],
    keysTitle: 'Keys',
    keys: (isMac: boolean): string[][] => [
      ['Shift Enter', 'begins a new line'],
      ['↑', 'in an empty field: changes what you said last'],
      ['↑  ↓', 'among the messages: from one to the next'],
      ['Esc', 'gives up a reply or a change; closes what is open'],
      [isMac ? '⌘ K' : 'Ctrl K', 'finds a room'],
      ['?', 'outside a field: shows this'],
    ],
  },

  connection: {
    offline: 'You’re offline. What you write is sent later.',
    reconnecting: 'Reconnecting. What you write is sent then.',
    'catching-up': 'Catching up…',
    /** Said to those who listen; whoever looks sees the words above go. */
    restored: 'Connected again.',
  },

  /** What it was that was refused. */
  refused: {
    editChat: 'The change was not saved.',
    deleteChat: 'The message was not deleted.',
    react: 'The reaction was not taken.',
    setTopic: 'The topic was not changed.',
  },

  /** What went wrong, where the page can say it better than the server. */
  problems: {
    'not-found': 'That is not here any more.',
    'rate-limited': 'That was too fast. Wait a moment.',
    stale: 'It was written long ago, and it is unknown whether it was sent.',
    conflict: 'Something else was sent in its place.',
    'too-large': 'It is too long.',
    forbidden: 'That is not yours to do.',
    'limit-reached': 'There are too many of these already.',
    unreachable: 'That did not work just now. Check the connection and try again.',
  },

  /** What those who look after a room do, and what everyone can do about themselves and others. */
  moderation: {
    yourSettings: 'Your settings',
    aboutRoom: 'About this room',
    failed: 'This could not be loaded. Check the connection and try again.',
    links: 'Invitation links',
    aboutMember: (name: string) => `More about ${named(name)}`,
    reported: (name: string, reason: string) =>
      reason === '' ? `${named(name)} reported a message.` : `${named(name)} reported a message: ${reason}`,
    showReport: 'See it',
    dismissReport: 'Put away',
    unblock: (name: string) => `Unblock ${named(name)}`,
    unblocked: (name: string) => `You have unblocked ${named(name)}.`,
  },
}

export type RoomStrings = typeof roomEn
