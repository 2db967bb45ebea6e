/** The strings about notifications, sharing and updates, loaded when first needed. */
export const notificationsEn = {
  title: 'Notifications',
  levelLabel: 'Notify me about',
  levels: { all: 'Every message', mentions: 'Mentions of me', nothing: 'Nothing' },
  more: 'Saved in this browser. It also applies to the number in the title and on the icon.',
  sound: 'Play a sound',
  readOut: 'Let screen readers announce new messages',
  notify: 'Notify me when this page is in the background',
  allow: 'Allow notifications',
  allowMore: 'Your browser will ask you to confirm.',
  blocked:
    'This browser blocks notifications from Hallway. You can allow them in its settings for this site.',
  declined: (day: string) => `You declined notifications here. You can allow them from ${day}.`,
  unsupported: 'This browser does not support notifications.',
  newVersion: 'A new version is ready.',
  reload: 'Reload',
  later: 'Later',
  share: {
    title: 'Invite people',
    text: 'This link leads to the room.',
    code: 'QR code of the link',
    send: 'Share',
  },
  receive: {
    title: 'Choose a room',
    text: 'What you share is added to your draft there. It is not sent yet. Your browser may keep it in its history.',
    none: 'You have not joined a room in this browser yet. Join one, then share again.',
    nothing: 'Nothing was shared.',
  },
}

export type NotificationStrings = typeof notificationsEn
