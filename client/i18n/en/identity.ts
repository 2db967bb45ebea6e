/** The words about who one is on which device, which are loaded when they are asked for. */
export const identityEn = {
  title: 'This device',
  text: 'You have no account. Who you are in your rooms is a secret that this browser keeps.',
  transfer: 'Be yourself on another device',
  transferMore:
    'Make a link and open it there. It works once, for ten minutes. Whoever opens it becomes you, so send it to nobody else.',
  makeLink: 'Make a link',
  made: 'Open this on the other device:',
  signOut: 'Sign out of this device',
  signOutMore:
    'This browser forgets who you are, your rooms and what you have not sent yet. Unless you are yourself on another device as well, nobody can bring that back.',
  signOutConfirm: 'Sign out and forget',
  cancel: 'Cancel',
  failed: 'That did not work just now. Check the connection and try again.',
  tooMany: 'That was tried too often. Wait a minute.',
  transferPage: {
    title: 'Be yourself here too?',
    text: 'This link comes from another device. If you go on, this browser is whoever made it.',
    more: 'Go on only if you made the link yourself. Who this browser was until now, and what it has not sent yet, is lost.',
    confirm: 'Go on',
    cancel: 'Stay as I am',
  },
  done: {
    title: 'You are yourself here too',
    text: 'Open your rooms by their links, and say the name you have there.',
  },
  expired: {
    title: 'This link does not work',
    text: 'It works once and for ten minutes. Make another one on the device you came from.',
  },
}

export type IdentityStrings = typeof identityEn
