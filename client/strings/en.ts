import { pluralsOf } from './plural.ts'

const plural = pluralsOf('en')
const digits = new Intl.NumberFormat('en')
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' })
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumSignificantDigits: 2 })
const kilobytes = new Intl.NumberFormat('en', { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })

interface Used {
  messages: number
  rowsWritten: number
  rowsRead: number
  requests: number
  activeSeconds: number
}

/** "Ann", "Ann and Ben", "Ann, Ben and 3 others". */
function someOf(names: readonly string[]): string {
  const others = names.length - 2
  if (others < 2) return list.format(names)
  return list.format([...names.slice(0, 2), plural(others, { one: '# other', other: '# others' })])
}

const NAME_NEEDS = 'A name needs 1 to 32 visible characters.'

/** Every word the page says, in English. Other languages have the same shape. */
export const en = {
  language: 'en',
  product: 'Hallway',
  number: (count: number) => digits.format(count),
  titleOf: (room: string) => `${room} · Hallway`,

  front: {
    claim: 'A room is a link.\nOpen it, say your name, talk.',
    more: 'Nothing to install, no account. Whoever has the link can come in.',
    start: 'Start a room',
    starting: 'Opening…',
    startFailed: 'That did not work just now. Check the connection and try again.',
    roomField: 'Room name',
    roomInvalid: 'A room’s name has letters a–z, digits and hyphens, and begins and ends with no hyphen.',
    go: 'Go',
    doors: 'Rooms you know',
  },

  join: {
    field: 'Your name',
    enter: 'Come in',
    entering: 'Coming in…',
    online: (count: number) =>
      plural(count, { one: 'One person is here now.', other: '# people are here now.' }),
    nobody: 'Nobody is here right now.',
    open: 'Whoever has the link can come in.',
    private: 'A private room for two, you and one other.',
    keptDays: (days: number) =>
      plural(days, { one: 'Messages are kept for a day.', other: 'Messages are kept for # days.' }),
    keptForGood: 'Messages are kept until they are deleted.',
    nameTaken: 'Someone here has that name already, or one that looks like it. Take another?',
    nameInvalid: NAME_NEEDS,
  },

  room: {
    generated: (start: string) => `Room ${start}…`,
    privateWith: (name: string) => `You and ${name}`,
    private: 'A private room',
    rooms: 'Rooms',
    people: 'People here',
    hereNow: 'Here now',
    here: (count: number) => plural(count, { one: '# here', other: '# here' }),
    showPeople: (count: number) => plural(count, { one: '# person here', other: '# people here' }),
    more: (count: number) => plural(count, { one: 'and one more', other: 'and # more' }),
    you: 'you',
    talkPrivately: (name: string) => `Talk with ${name} in private`,
    opening: (name: string) => `Opening a private room with ${name}…`,
    close: 'Close',
    loading: 'Opening the room…',
  },

  cost: {
    title: 'What this room costs',
    asked: 'Adding it up…',
    unknown: 'That cannot be told just now.',
    month: (dollars: number, pricesOf: string) =>
      `This month ${dollars < 0.01 ? 'less than a cent' : money.format(dollars)}, at the public prices of ${pricesOf}, as if no plan included anything.`,
    today: (used: Used) =>
      `Today ${list.format([
        plural(used.messages, { one: '# message', other: '# messages' }),
        plural(used.rowsWritten, { one: '# row written', other: '# rows written' }),
        plural(used.rowsRead, { one: '# read', other: '# read' }),
        plural(Math.ceil(used.requests), { one: '# request', other: '# requests' }),
      ])}; awake for about ${plural(Math.ceil(used.activeSeconds), { one: '# second', other: '# seconds' })}.`,
    part: (part: number) => `That is ${percent.format(part)} of what the free plan gives a day.`,
    stored: (bytes: number) => `It keeps ${kilobytes.format(bytes / 1_000)}.`,
    uncounted: (changes: number) =>
      plural(changes, { one: 'One change more was not counted.', other: '# changes more were not counted.' }),
  },

  code: {
    name: 'Code',
    copy: 'Copy code',
    copied: 'Code copied',
    copyByHand: 'Copy this code',
  },

  invite: {
    copy: 'Copy link',
    copied: 'Link copied',
    copyByHand: 'Copy this link',
    share: 'Share link',
    emptyTitle: 'It’s quiet in here.',
    emptyText: 'Send someone this link. Whoever opens it can come in.',
    emptyPrivate: (name: string) =>
      `Only you and ${name} can come in here. What you write waits for ${name}.`,
    emptyPrivateUnknown: 'Only the two of you can come in here.',
    card: (name: string) => `Invitation from ${name}`,
    cardText: (name: string) => `${name} would like to talk with you in private.`,
    accept: 'Talk in private',
    dismiss: 'Dismiss',
  },

  timeline: {
    label: 'Messages',
    beginning: 'This is where the conversation began.',
    older: 'Loading older messages…',
    toPresent: 'Jump to the present',
    newer: (count: number) => plural(count, { one: '# new message', other: '# new messages' }),
    edited: (editor?: string) => (editor === undefined ? 'edited' : `edited by ${editor}`),
    deleted: 'This message was deleted.',
    pending: 'Sending',
    failed: 'Not sent.',
    editFailed: 'The change was not saved.',
    retry: 'Try again',
    discard: 'Discard',
    answers: 'In reply to',
    quoteAbove: 'an earlier message',
    tooFar: 'That message is too far up to be shown here.',
    reaction: (emoji: string, count: number) =>
      plural(count, { one: `${emoji}, one person`, other: `${emoji}, # people` }),
    heard: (name: string, body: string) => `${name}: ${body}`,
    heardMany: (count: number, names: readonly string[]) =>
      `${plural(count, { one: '# new message', other: '# new messages' })} from ${someOf(names)}`,
  },

  deeds: {
    label: 'This message',
    react: (emoji: string) => `React with ${emoji}`,
    reply: 'Reply',
    edit: 'Edit',
    remove: 'Delete',
    removeSure: 'Delete for everyone?',
  },

  typing: (names: readonly string[]) => `${someOf(names)} ${names.length === 1 ? 'is' : 'are'} typing`,

  composer: {
    label: 'Message',
    placeholder: 'Write a message',
    placeholderTo: (name: string) => `Write to ${name}`,
    send: 'Send',
    editing: 'Editing your message',
    replying: (name: string) => `Replying to ${name}`,
    cancel: 'Never mind',
    left: (count: number) => plural(count, { one: '# character left', other: '# characters left' }),
    over: (count: number) => plural(count, { one: '# character too long', other: '# characters too long' }),
    notKept: 'This browser could not keep the message. It is back in the field.',
    refused: {
      unknown: (command: string) =>
        `There is no ${command}. Try /help, or a space in front to send it as it is.`,
      'no-text': (command: string) => `What comes after ${command}?`,
      name: () => NAME_NEEDS,
      topic: () => 'A topic has at most 250 characters.',
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
    ],
  },

  connection: {
    offline: 'You’re offline. What you write is sent later.',
    reconnecting: 'Reconnecting. What you write is sent then.',
    'catching-up': 'Catching up…',
  },

  /** What went wrong, where the page can say it better than the server. */
  problems: {
    'not-found': 'That is not here any more.',
    'rate-limited': 'That was too fast. Wait a moment.',
    stale: 'It was written long ago, and it is unknown whether it was sent.',
    conflict: 'Something else was sent in its place.',
    'too-large': 'It is too long.',
  },

  closed: {
    pages: {
      'not-found': {
        title: 'There’s no open door here',
        text: 'Either there is no room at this address, or it is private and not open to you.',
        more: 'If someone invited you: a private room knows you by the browser you were invited in. Open the link there. A browser inside another app counts as a different one.',
      },
      forbidden: {
        title: 'This room is not open to you',
        text: 'The people in it decide who comes in.',
        more: '',
      },
      banned: {
        title: 'You have been asked to stay out',
        text: 'Someone who looks after this room has closed it to you.',
        more: '',
      },
      locked: {
        title: 'The door is locked just now',
        text: 'This room takes nobody new at present. Those who were here before can still come in.',
        more: '',
      },
      'room-full': {
        title: 'This room is full',
        text: 'When someone leaves, there is a place again.',
        more: '',
      },
      'version-unsupported': {
        title: 'This page has grown old',
        text: 'Hallway has been updated since you opened it. What you were writing is kept.',
        more: '',
      },
      other: { title: 'The room could not be opened', text: 'What you were writing is kept.', more: '' },
    },
    again: 'Try again',
    reload: 'Load the page again',
    home: 'Go to the front page',
  },

  nowhere: {
    title: 'No room at this address',
    text: 'A room’s address looks like /r/garden-party: small letters, digits and hyphens.',
  },

  broken: {
    title: 'Something broke on this page',
    text: 'That is our fault. What you were writing is kept.',
    again: 'Try again',
  },
}

export type Strings = typeof en
