import { LIMITS } from '../../../src/protocol/limits.ts'
import { formatsOf } from '../formats.ts'

const { number, plural, named } = formatsOf('en', { lists: 'en-GB' })

const NAME_NEEDS = `A name needs 1 to ${LIMITS.usernameLength} visible characters.`

/** The strings of the front page and the entrance. Other languages have the same shape. */
export const doorEn = {
  language: 'en',
  product: 'Hallway',
  number,
  titleOf: (room: string) => `${named(room)} · Hallway`,

  home: {
    claim: 'A room is a link.\nOpen it, say your name, talk.',
    more: 'Nothing to install, no account. Anyone with the link can join.',
    start: 'Start a room',
    starting: 'Opening…',
    startFailed: 'The room could not be opened. Check your connection and try again.',
    /** Why no room could be started, where that is known. */
    startProblems: {
      unavailable: 'This Hallway can open no room for now. Try again in a few minutes.',
      'used-up': 'This Hallway has used up its day. Try again after 00:00 UTC.',
      closed: 'On this Hallway, only its operator opens rooms.',
    },
    roomField: 'Room name',
    roomInvalid: 'Use letters a–z, digits and hyphens. A name cannot start or end with a hyphen.',
    go: 'Go',
    yourRooms: 'Your rooms',
    settings: 'Settings',
  },

  join: {
    field: 'Your name',
    join: 'Join',
    joining: 'Joining…',
    joinAs: (name: string) => `Join as ${named(name)}`,
    waiting: {
      offline: 'You’re offline. You will join as soon as you are back online.',
      reconnecting: 'The room does not answer yet. You will join as soon as it does.',
      full: 'This room is full. You will join as soon as there is a place.',
      unavailable: 'This Hallway can let nobody in for now. You will join as soon as it can.',
      'used-up': 'This Hallway has used up its day. You will join after 00:00 UTC.',
      'catching-up': 'Almost there…',
    },
    online: (count: number) =>
      plural(count, { one: 'One person is here now.', other: '# people are here now.' }),
    nobody: 'Nobody is here right now.',
    access: {
      open: 'Anyone with the link can join.',
      invite: 'Only people who have been invited can join.',
      private: 'Only you and one other person can join.',
    },
    retention: {
      '7d': 'Messages are kept for 7 days.',
      '30d': 'Messages are kept for 30 days.',
      forever: 'Messages are kept until they are deleted.',
    },
    nameTaken: 'Someone here already has this name, or one that looks like it. Choose another.',
    nameInvalid: NAME_NEEDS,
    nameReserved: 'This name is reserved for the room and its moderators. Choose another.',
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
        more: 'If someone invited you, open the link in the browser in which you were invited. A browser inside another app counts as a different one.',
      },
      'link-spent': {
        title: 'This invite link no longer works',
        text: 'It was used up, it expired or it was revoked, or there is no room at this address.',
        more: 'Ask the person who gave it to you for a new one. If you joined with it before, open it in the browser you used then.',
      },
      forbidden: {
        title: 'This room is not open to you',
        text: 'The people in it decide who can join.',
        more: 'If you know one of them, ask for an invitation. Then this door opens.',
      },
      banned: {
        title: 'You have been asked to stay out',
        text: 'A moderator has closed this room to you. Every other room is as open as before.',
        more: 'If you think it was a mistake, ask a moderator to unban you.',
      },
      erased: {
        title: 'This room is gone',
        text: 'It was deleted for everyone, with everything that was said in it.',
        more: 'What you were writing is in this browser only. To go on talking, start a room and share its link.',
      },
      locked: {
        title: 'The door is locked just now',
        text: 'Nobody new can join this room at present. People who have been here before still can.',
        more: 'If you have been here, use the same browser as then. If not, ask someone inside to unlock it.',
      },
      kicked: {
        title: 'You have been asked to leave',
        text: 'A moderator has removed you from this room for now.',
        more: 'You can rejoin at any time. What you were writing is kept.',
      },
      forgotten: {
        title: 'This room has forgotten you',
        text: 'Your messages and your name are being deleted here, as you asked.',
        more: 'If you join again, you join as someone new.',
      },
      challenge: {
        title: 'Are you a person?',
        text: 'New visitors to this room first show that they are human.',
        more: 'A script from Cloudflare checks your browser. You are asked once a week at most.',
      },
      'room-full': {
        title: 'This room is full',
        text: 'It has no space left. When someone leaves, you can join.',
        more: 'If you know some of the people in it, start a room of your own and share its link.',
      },
      'closed-today': {
        title: 'This Hallway has used up its day',
        text: 'It lets nobody new in until midnight UTC. People who have been in the room can still come in.',
        more: 'Come back tomorrow, or ask the person who runs this Hallway.',
      },
      'version-unsupported': {
        title: 'This page is out of date',
        text: 'Hallway has been updated since you opened it. What you were writing is kept.',
        more: '',
      },
      unavailable: {
        title: 'This Hallway is closed for now',
        text: 'It can let nobody in at the moment. If you were writing something, it is kept.',
        more: 'Try again in a few minutes.',
      },
      'used-up': {
        title: 'This Hallway has used up its day',
        text: 'It opens again after 00:00 UTC. If you were writing something, it is kept.',
        more: '',
      },
      unreachable: {
        title: 'The room could not be loaded',
        text: 'Hallway did not answer. If you were writing something, it is kept.',
        more: 'Check that you are online, then try again.',
      },
      other: {
        title: 'The room could not be opened',
        text: 'The server gave no reason. If you were writing something, it is kept.',
        more: 'Try again later. If it still fails, ask the person who gave you the link.',
      },
    },
    toChallenge: 'Continue',
    retry: 'Try again',
    rejoin: 'Rejoin',
    joinAsNew: 'Join as someone new',
    reload: 'Reload the page',
    home: 'Go to the front page',
  },

  nowhere: {
    title: 'No room at this address',
    text: 'A room’s address looks like /r/garden-party: lower-case letters, digits and hyphens.',
  },

  broken: {
    title: 'Something broke on this page',
    text: 'That is our fault. What you were writing is kept.',
    retry: 'Try again',
  },
}

export type DoorStrings = typeof doorEn
