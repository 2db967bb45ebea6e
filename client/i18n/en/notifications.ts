/** The words about being called, sharing and a new version, which are loaded when they are asked for. */
export const notificationsEn = {
  title: 'Notifications',
  levelLabel: 'This room calls me for',
  levels: { all: 'Every message', mentions: 'Mentions of me', nothing: 'Nothing' },
  more: 'Kept in this browser. It counts for the number in the title and on the icon too.',
  sound: 'Play a sound',
  readOut: 'Let screen readers read out new messages',
  notify: 'Notify me while I look elsewhere',
  allow: 'Allow notifications',
  allowMore: 'Your browser will ask once more.',
  blocked: 'This browser does not let Hallway notify you. You can change that in its settings for this site.',
  declined: (day: string) => `You said no to notifications here. You can be asked again from ${day}.`,
  unsupported: 'This browser cannot notify you.',
  newVersion: 'A new version is ready.',
  reload: 'Reload',
  later: 'Later',
  share: {
    title: 'Invite people',
    text: 'Whoever opens this comes to the room.',
    code: 'The link as a code to scan',
    send: 'Share',
  },
  receive: {
    title: 'Where does this go?',
    text: 'Choose a room. It is put into what you write there, and not sent yet.',
    none: 'You have not been in a room in this browser yet. Go into one, and share again.',
    nothing: 'Nothing was shared.',
  },
}

export type NotificationStrings = typeof notificationsEn
