/** The strings about devices and about who is a person, loaded when first needed. */
export const identityEn = {
  title: 'This device',
  text: 'You have no account. A secret in this browser tells your rooms who you are.',
  transfer: 'Use another device',
  transferMore:
    'Make a link and open it on the other device. It works once, within ten minutes. Anyone who opens it can act as you, so send it to nobody else.',
  makeLink: 'Make a link',
  made: 'Open this on the other device:',
  signOut: 'Sign out of this device',
  signOutMore:
    'This deletes your identity, your rooms and your unsent messages from this browser. Unless you also use another device, you cannot get them back.',
  signOutConfirm: 'Sign out and delete',
  cancel: 'Cancel',
  failed: 'Hallway did not answer. Check your connection and try again.',
  tooMany: 'Too many attempts. Wait a minute, then try again.',
  transferPage: {
    title: 'Use this device as well?',
    text: 'This link comes from another device. If you continue, you are the same person here as there.',
    more: 'Continue only if you made the link yourself. This browser loses its present identity, rooms and unsent messages.',
    confirm: 'Continue',
    cancel: 'Cancel',
  },
  done: {
    title: 'This device is ready',
    text: 'Open your rooms by their links and join with the name you have there.',
  },
  expired: {
    title: 'This link does not work',
    text: 'A link works once, within ten minutes. Make a new one on your other device.',
  },
  /** The page on which a new visitor shows that they are human. */
  challenge: {
    title: 'Are you a person?',
    text: 'This takes a moment. Then you join.',
    more: 'Cloudflare’s Turnstile checks your browser. It sees nothing that is said in the room.',
    failed: 'The check failed. Check your connection, or try another browser.',
  },
}

export type IdentityStrings = typeof identityEn
