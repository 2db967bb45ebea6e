import { LIMITS } from '../../../src/protocol/limits.ts'
import { formatsOf } from '../formats.ts'

const { number, plural, named } = formatsOf('en', { lists: 'en-GB' })

const NAME_NEEDS = `A name needs 1 to ${LIMITS.usernameLength} visible characters.`

/** What is said in front of the door, in English. Other languages have the same shape. */
export const doorEn = {
  language: 'en',
  product: 'Hallway',
  number,
  titleOf: (room: string) => `${named(room)} · Hallway`,

  home: {
    claim: 'A room is a link.\nOpen it, say your name, talk.',
    more: 'Nothing to install, no account. Whoever has the link can come in.',
    start: 'Start a room',
    starting: 'Opening…',
    startFailed: 'That did not work just now. Check the connection and try again.',
    roomField: 'Room name',
    roomInvalid: 'A room’s name has letters a–z, digits and hyphens, and begins and ends with no hyphen.',
    go: 'Go',
    yourRooms: 'Rooms you know',
    settings: 'Settings',
  },

  join: {
    field: 'Your name',
    join: 'Come in',
    joining: 'Coming in…',
    waiting: {
      offline: 'You’re offline. You come in as soon as you are back.',
      reconnecting: 'The room does not answer yet. You come in as soon as it does.',
      'catching-up': 'Almost there…',
    },
    online: (count: number) =>
      plural(count, { one: 'One person is here now.', other: '# people are here now.' }),
    nobody: 'Nobody is here right now.',
    access: {
      open: 'Whoever has the link can come in.',
      invite: 'Only who has been invited can come in.',
      private: 'Only you and one other can come in.',
    },
    retention: {
      '7d': 'Messages are kept for 7 days.',
      '30d': 'Messages are kept for 30 days.',
      forever: 'Messages are kept until they are deleted.',
    },
    nameTaken: 'Someone here has that name already, or one that looks like it. Take another?',
    nameInvalid: NAME_NEEDS,
    nameReserved: 'This name stands for the room or for those who look after it. Choose another.',
  },

  close: 'Close',

  room: {
    generated: (start: string) => `Room ${start}…`,
    privateWith: (name: string) => `You and ${named(name)}`,
    private: 'A private room',
    loading: 'Opening the room…',
  },

  closed: {
    pages: {
      'not-found': {
        title: 'There’s no open door here',
        text: 'Either there is no room at this address, or it is private and not open to you.',
        more: 'If someone invited you: a private room knows you by the browser you were invited in. Open the link there. A browser inside another app counts as a different one.',
      },
      'link-spent': {
        title: 'This invitation lets nobody in any more',
        text: 'It was used up, it ran out or it was taken back, or there is no room at this address.',
        more: 'Ask whoever gave it to you for a new one. If it let you in before, open it in the browser you used then.',
      },
      forbidden: {
        title: 'This room is not open to you',
        text: 'The people in it decide who comes in.',
        more: 'If you know one of them, ask to be invited. Then this door opens.',
      },
      banned: {
        title: 'You have been asked to stay out',
        text: 'Someone who looks after this room has closed it to you. Every other room is as open as before.',
        more: 'If you think it was a mistake, speak to them: they can let you in again.',
      },
      erased: {
        title: 'This room is gone',
        text: 'It was erased, with everything that was said in it, for everyone.',
        more: 'What you were still writing is in this browser only. To go on talking, start a room and share its link.',
      },
      locked: {
        title: 'The door is locked just now',
        text: 'This room takes nobody new at present. Those who were here before can still come in.',
        more: 'If you have been here, use the browser you came with then. If not, ask someone inside to unlock it.',
      },
      kicked: {
        title: 'You have been shown out',
        text: 'Someone who looks after this room has asked you to leave it for now.',
        more: 'You may come back in at any time. What you were writing is kept.',
      },
      forgotten: {
        title: 'This room has forgotten you',
        text: 'What you said here is being erased, and your name with it, as you asked.',
        more: 'If you come in again, it is as someone new.',
      },
      challenge: {
        title: 'Are you a person?',
        text: 'Whoever is new to this room first shows that they are no program.',
        more: 'A script of Cloudflare’s looks at your browser for that. You are asked once a week at most.',
      },
      'room-full': {
        title: 'This room is full',
        text: 'As many people are in it as it takes. When someone leaves, there is a place again.',
        more: 'If you are together with some of them, start a room of your own and share its link.',
      },
      'version-unsupported': {
        title: 'This page has grown old',
        text: 'Hallway has been updated since you opened it. What you were writing is kept.',
        more: '',
      },
      unreachable: {
        title: 'The room could not be loaded',
        text: 'Hallway did not answer. If you were writing something, it is kept.',
        more: 'Check whether you are online, then try again.',
      },
      other: {
        title: 'The room could not be opened',
        text: 'It does not say why. If you were writing something, it is kept.',
        more: 'Try again in a while. If it stays like this, ask whoever gave you the link.',
      },
    },
    /** The page on which that is shown. */
    challengePage: {
      title: 'Are you a person?',
      text: 'This takes a moment. Then you come in.',
      more: 'Cloudflare’s Turnstile looks at your browser. What is said in the room is not on this page.',
      failed: 'That did not work. Check the connection, or try it in another browser.',
    },
    toChallenge: 'Go on',
    retry: 'Try again',
    rejoin: 'Come back in',
    joinAsNew: 'Come in as someone new',
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
    retry: 'Try again',
  },
}

export type DoorStrings = typeof doorEn
