import { LIMITS } from '../../../src/protocol/limits.ts'
import { formatsOf } from '../formats.ts'
import { doorEn } from './door.ts'

const { number, plural, list, named } = formatsOf('en', { lists: 'en-GB' })

export interface PresenceNames {
  joined: readonly string[]
  left: readonly string[]
  visited: readonly string[]
  renamed: readonly { name: string; formerly?: string }[]
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
    ...more.map((count) => plural(count, { other: '# others changed their names' })),
  ]
}

/** "12 s", "4 min 20 s". */
function span(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const rest = `${seconds % 60} s`
  return minutes === 0 ? rest : `${minutes} min ${rest}`
}

/** The strings of an open room. */
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
    invited: (name: string) => `${named(name)} invites you`,
    dismissInvitation: (name: string) => `Dismiss the invitation from ${named(name)}`,
    menu: (title: string) => `More about ${named(title)}`,
    switch: 'Find a room',
    key: (isMac: boolean): string => (isMac ? '⌘K' : 'Ctrl K'),
    field: 'Name of a room',
    results: 'Matching rooms',
    goTo: (room: string) => `Go to ${room}`,
    invalidName: 'A room name has letters a–z, digits and hyphens.',
    forget: 'Leave and forget',
    forgetMore:
      'This removes the room, your draft and your place in it from this browser. Your messages stay in the room.',
    unsent: (count: number) =>
      plural(count, {
        one: 'One message you wrote there has not been sent yet. It will be lost.',
        other: '# messages you wrote there have not been sent yet. They will be lost.',
      }),
    forgetConfirm: 'Forget it anyway',
    cancel: 'Cancel',
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
    label: 'Welcome message',
    dismiss: 'Dismiss',
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
    emptyText: 'Send someone this link. Anyone who opens it can join.',
    emptyInvite: 'Only people who have been invited can join.',
    emptyPrivate: (name: string) =>
      `Only you and ${named(name)} can join. What you write waits for ${named(name)}.`,
    emptyPrivateUnknown: 'Only the two of you can join.',
    card: (name: string) => `Invitation from ${named(name)}`,
    cardText: (name: string) => `${named(name)} would like to talk with you in private.`,
    accept: 'Talk in private',
    dismiss: 'Dismiss',
  },

  timeline: {
    label: 'Messages',
    beginning: 'This is where the conversation began.',
    older: 'Loading older messages…',
    toPresent: 'Jump to the latest messages',
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
    notSentYet: 'Not sent yet.',
    notSaved: 'Not sent yet, and not saved: this browser’s storage does not take it. Keep this tab open.',
    takeBack: 'Do not send',
    failed: 'Not sent.',
    cannotPostUntil: (moment: string) => `You cannot write here until ${moment}.`,
    folded: 'Message from someone you blocked',
    unfold: 'Show',
    fold: 'Hide',
    retry: 'Try again',
    discard: 'Discard',
    keep: 'Keep the message',
    inReplyTo: 'In reply to',
    quoteAbove: 'an earlier message',
    messageGone: 'That message is no longer here.',
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
    label: 'Message actions',
    react: (emoji: string) => `React with ${emoji}`,
    reactMore: 'React with another emoji',
    reply: 'Reply',
    copyLink: 'Copy message link',
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
    cancel: 'Cancel',
    remaining: (count: number) => plural(count, { one: '# character left', other: '# characters left' }),
    tooLong: (count: number) =>
      plural(count, { one: '# character too long', other: '# characters too long' }),
    choices: { person: 'People', emoji: 'Emoji', command: 'Commands' },
    notStored: 'This browser could not store the message. It is back in the field: send it again.',
    restriction: {
      reader: 'You can read messages here, but not write.',
      slow: (seconds: number) => `You can write again in ${span(seconds)}.`,
      queued: (seconds: number) => `It will be sent in ${span(seconds)}: slow mode is on.`,
    },
    refused: {
      unknown: (command: string) =>
        `There is no command ${command}. Try /help, or start with a space to send it as text.`,
      'no-text': (command: string) => `Write something after ${command}.`,
      name: () => doorEn.join.nameInvalid,
      topic: () => `A topic can have at most ${LIMITS.topicLength} characters.`,
    },
  },

  emoji: {
    open: 'Emoji',
    search: 'Search emoji',
    loading: 'Loading emoji…',
    failed: 'The emoji could not be loaded. Close this and try again.',
    none: 'No emoji has that name.',
    found: 'Results',
    recent: 'Recently used',
    groups: {
      smileys: 'Faces',
      people: 'People and hands',
      hearts: 'Hearts and feelings',
      nature: 'Nature',
      food: 'Food and drink',
      doing: 'Activities and travel',
      things: 'Objects',
      signs: 'Symbols',
    },
  },

  help: {
    title: 'What you can type',
    lines: [
      ['**bold**  *italics*  ~~struck through~~', 'bold, italic and struck-through text'],
      ['`code`  or  ```', 'code in a line; ``` on a line of its own starts and ends a block'],
      ['> words', 'a quote'],
      ['- item', 'a list; start with 1. for a numbered one'],
      ['/me waves', 'says what you are doing'],
      ['/nick Ann', 'changes your name here'],
      ['/topic Lunch', 'sets the room’s topic'],
      ['/invite Ben', 'opens a private room for the two of you'],
      ['/help', 'shows this help'],
    ],
    keysTitle: 'Keys',
    keys: (isMac: boolean): string[][] => [
      ['Shift Enter', 'starts a new line'],
      ['↑', 'in an empty field: edits your last message'],
      ['↑  ↓', 'in the messages: moves from one to the next'],
      ['Esc', 'cancels a reply or an edit; closes what is open'],
      [isMac ? '⌘ K' : 'Ctrl K', 'finds a room'],
      ['?', 'outside a field: shows this help'],
    ],
  },

  connection: {
    offline: 'You’re offline. Your messages will be sent later.',
    reconnecting: 'Reconnecting. Your messages will be sent then.',
    full: 'This room is full. You will join as soon as there is a place.',
    unavailable: 'This Hallway can take no messages for now. What you write is kept, and sent later.',
    'used-up': 'This Hallway has used up its day. Writing goes on after 00:00 UTC. What you write is kept.',
    'catching-up': 'Catching up…',
    /** For screen readers; on screen, the line above disappears. */
    restored: 'Connected again.',
  },

  /** What the server refused. */
  refused: {
    editChat: 'The edit was not saved.',
    deleteChat: 'The message was not deleted.',
    react: 'The reaction was not saved.',
    setTopic: 'The topic was not changed.',
  },

  /** Why something failed, where the page can say more than the server. */
  problems: {
    'not-found': 'That is no longer here.',
    muted: 'You cannot write here for now.',
    'rate-limited': 'That was too fast. Wait a moment, then try again.',
    stale: 'It is too old to send again, and may already have been sent.',
    conflict: 'A different message was sent in its place.',
    'too-large': 'It is too long. Shorten it and try again.',
    forbidden: 'You are not allowed to do that.',
    'limit-reached': 'The limit has been reached.',
    'strangers-refused': 'They take no invitations from people they have not met in private.',
    unavailable: 'This Hallway can store nothing for now. Try again later.',
    unreachable: 'Hallway did not answer. Check your connection and try again.',
  },

  /** What moderators do, and what members do about themselves and others. */
  moderation: {
    yourSettings: 'Your settings',
    aboutRoom: 'About this room',
    failed: 'This could not be loaded. Check your connection and try again.',
    links: 'Invite links',
    aboutMember: (name: string) => `More about ${named(name)}`,
    reported: (name: string, reason: string) =>
      reason === '' ? `${named(name)} reported a message.` : `${named(name)} reported a message: ${reason}`,
    moreReports: (count: number) => plural(count, { one: '# more message', other: '# more messages' }),
    showReport: 'Show message',
    showReports: 'Show all',
    dismissReport: 'Dismiss',
    unblock: (name: string) => `Unblock ${named(name)}`,
    unblocked: (name: string) => `You have unblocked ${named(name)}.`,
  },
}

export type RoomStrings = typeof roomEn
