import { LIMITS } from '../../../src/protocol/limits.ts'
import type { PresenceNames, RoomStrings } from '../en/room.ts'
import { formatsOf } from '../formats.ts'
import { doorDe } from './door.ts'

const { number, plural, list, named } = formatsOf('de')

/** "Ann", "Ann und Ben", "Ann, Ben und 3 andere". */
function someOf(names: readonly string[]): string {
  const others = names.length - 2
  if (others < 2) return list(names.map(named))
  return list([
    ...names.slice(0, 2).map(named),
    plural(others, { one: '# andere Person', other: '# andere' }),
  ])
}

/** "Ann ist", "Ann und Ben sind". */
function are(names: readonly string[]): string {
  return `${someOf(names)} ${names.length === 1 ? 'ist' : 'sind'}`
}

function clausesOf(renamed: PresenceNames['renamed']): string[] {
  const others = renamed.length - 2
  const [few, more] = others < 2 ? [renamed, []] : [renamed.slice(0, 2), [others]]
  return [
    ...few.map(({ name, formerly = 'Jemand' }) => `${named(formerly)} heißt jetzt ${named(name)}`),
    ...more.map((count) => plural(count, { other: '# andere heißen jetzt anders' })),
  ]
}

function span(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const rest = `${seconds % 60} s`
  return minutes === 0 ? rest : `${minutes} min ${rest}`
}

/** The strings of an open room, in German. */
export const roomDe: RoomStrings = {
  rooms: {
    title: 'Räume',
    openWith: (news) => `Räume, ${news}`,
    many: (count) => `${count}+`,
    unread: (count, more) => (more ? `mehr als ${number(count)} ungelesen` : `${number(count)} ungelesen`),
    mentioned: 'du wirst erwähnt',
    row: (title, news) => [title, ...news].join(', '),
    invitations: 'Einladungen',
    invited: (name) => `${named(name)} lädt dich ein`,
    dismissInvitation: (name) => `Einladung von ${named(name)} ausblenden`,
    menu: (title) => `Mehr zu ${named(title)}`,
    switch: 'Raum finden',
    key: (isMac) => (isMac ? '⌘K' : 'Strg K'),
    field: 'Name eines Raums',
    results: 'Passende Räume',
    goTo: (room) => `Zu ${named(room)} gehen`,
    invalidName: 'Der Name eines Raums besteht aus den Buchstaben a–z, Ziffern und Bindestrichen.',
    forget: 'Verlassen und vergessen',
    forgetMore:
      'Damit verschwinden der Raum, dein Entwurf und dein Platz darin aus diesem Browser. Deine Nachrichten bleiben im Raum.',
    unsent: (count) =>
      plural(count, {
        one: 'Eine Nachricht, die du dort geschrieben hast, ist noch nicht gesendet. Sie geht verloren.',
        other: '# Nachrichten, die du dort geschrieben hast, sind noch nicht gesendet. Sie gehen verloren.',
      }),
    forgetConfirm: 'Trotzdem vergessen',
    cancel: 'Abbrechen',
    forgotten: (title) => `${named(title)} ist vergessen.`,
    home: 'Startseite',
  },

  people: {
    label: 'Wer hier ist',
    hereNow: 'Gerade hier',
    show: (count) => plural(count, { one: '# Person hier', other: '# Personen hier' }),
    more: (count) => plural(count, { one: 'und noch jemand', other: 'und # weitere' }),
    you: 'du',
    talkPrivately: (name) => `Mit ${named(name)} unter vier Augen reden`,
    opening: (name) => `Ein privater Raum mit ${named(name)} wird geöffnet …`,
  },

  welcome: {
    label: 'Begrüßung',
    dismiss: 'Ausblenden',
  },

  code: {
    name: 'Code',
    copy: 'Code kopieren',
    copied: 'Code kopiert',
    copyByHand: 'Diesen Code kopieren',
    showAll: (lines) => plural(lines, { other: 'Alle # Zeilen zeigen' }),
    showLess: 'Weniger Zeilen zeigen',
  },

  invite: {
    copy: 'Link kopieren',
    copied: 'Link kopiert',
    copyByHand: 'Diesen Link kopieren',
    share: 'Link teilen',
    emptyTitle: 'Hier ist es noch still.',
    emptyText: 'Schick jemandem diesen Link. Damit kann jeder beitreten.',
    emptyInvite: 'Nur eingeladene Personen können beitreten.',
    emptyPrivate: (name) =>
      `Nur du und ${named(name)} könnt beitreten. Was du schreibst, wartet auf ${named(name)}.`,
    emptyPrivateUnknown: 'Nur ihr beide könnt beitreten.',
    card: (name) => `Einladung von ${named(name)}`,
    cardText: (name) => `${named(name)} möchte unter vier Augen mit dir reden.`,
    accept: 'Unter vier Augen reden',
    dismiss: 'Ausblenden',
  },

  timeline: {
    label: 'Nachrichten',
    beginning: 'Hier hat das Gespräch begonnen.',
    older: 'Ältere Nachrichten werden geladen …',
    toPresent: 'Zu den neuesten Nachrichten springen',
    presence: ({ joined, left, visited, renamed }) =>
      [
        joined.length > 0 ? `${are(joined)} dazugekommen` : '',
        left.length > 0 ? `${are(left)} gegangen` : '',
        visited.length > 0 ? `${are(visited)} gekommen und gegangen` : '',
        ...clausesOf(renamed),
      ]
        .filter((clause) => clause !== '')
        .join(', '),
    newer: (count) => plural(count, { one: '# neue Nachricht', other: '# neue Nachrichten' }),
    edited: (editor) => (editor === undefined ? 'bearbeitet' : `bearbeitet von ${named(editor)}`),
    deleted: 'Diese Nachricht wurde gelöscht.',
    pending: 'Wird gesendet',
    notSentYet: 'Noch nicht gesendet.',
    notSaved:
      'Noch nicht gesendet und nicht gesichert: Der Speicher dieses Browsers nimmt nichts an. Lass diesen Tab offen.',
    takeBack: 'Nicht senden',
    failed: 'Nicht gesendet.',
    cannotPostUntil: (moment) => `Du kannst hier bis ${moment} nicht schreiben.`,
    folded: 'Nachricht von jemandem, den du blockiert hast',
    unfold: 'Zeigen',
    fold: 'Verbergen',
    retry: 'Noch einmal',
    discard: 'Verwerfen',
    keep: 'Nachricht behalten',
    inReplyTo: 'Als Antwort auf',
    quoteAbove: 'eine frühere Nachricht',
    messageGone: 'Diese Nachricht gibt es nicht mehr.',
    unread: 'Neu',
    unreadAbove: (count, isMore) =>
      isMore
        ? `${number(count)}+ neue Nachrichten`
        : plural(count, { one: '# neue Nachricht', other: '# neue Nachrichten' }),
    reaction: (emoji, count) => `${emoji}, ${plural(count, { one: '# Person', other: '# Personen' })}`,
    announced: (name, body) => `${named(name)}: ${body}`,
    announcedMany: (count, names) =>
      `${plural(count, { one: '# neue Nachricht', other: '# neue Nachrichten' })} von ${someOf(names)}`,
  },

  actions: {
    label: 'Aktionen zur Nachricht',
    react: (emoji) => `Mit ${emoji} reagieren`,
    reactMore: 'Mit einem anderen Emoji reagieren',
    reply: 'Antworten',
    copyLink: 'Link zur Nachricht kopieren',
    edit: 'Bearbeiten',
    remove: 'Löschen',
    removeConfirm: 'Für alle löschen?',
  },

  typing: (names) => `${someOf(names)} ${names.length === 1 ? 'schreibt' : 'schreiben'} gerade`,

  composer: {
    label: 'Nachricht',
    placeholder: 'Deine Nachricht',
    placeholderTo: (name) => `Schreib an ${named(name)}`,
    send: 'Senden',
    editing: 'Du bearbeitest deine Nachricht',
    replying: (name) => `Antwort an ${named(name)}`,
    cancel: 'Abbrechen',
    remaining: (count) => plural(count, { one: 'noch # Zeichen', other: 'noch # Zeichen' }),
    tooLong: (count) => plural(count, { one: '# Zeichen zu lang', other: '# Zeichen zu lang' }),
    choices: { person: 'Personen', emoji: 'Emoji', command: 'Befehle' },
    notStored:
      'Dieser Browser konnte die Nachricht nicht speichern. Sie steht wieder im Feld: Sende sie noch einmal.',
    restriction: {
      reader: 'Du kannst hier Nachrichten lesen, aber nicht schreiben.',
      slow: (seconds) => `Du kannst in ${span(seconds)} wieder schreiben.`,
      queued: (seconds) => `Sie wird in ${span(seconds)} gesendet: Der langsame Modus ist an.`,
    },
    refused: {
      unknown: (command) =>
        `Den Befehl ${command} gibt es nicht. Versuch /help, oder beginn mit einem Leerzeichen, um ihn als Text zu senden.`,
      'no-text': (command) => `Schreib etwas hinter ${command}.`,
      name: () => doorDe.join.nameInvalid,
      topic: () => `Ein Thema darf höchstens ${LIMITS.topicLength} Zeichen haben.`,
    },
  },

  emoji: {
    open: 'Emoji',
    search: 'Emoji suchen',
    loading: 'Die Emoji werden geladen …',
    failed: 'Die Emoji konnten nicht geladen werden. Schließ dies und versuch es noch einmal.',
    none: 'Kein Emoji heißt so.',
    found: 'Ergebnisse',
    recent: 'Zuletzt benutzt',
    groups: {
      smileys: 'Gesichter',
      people: 'Menschen und Hände',
      hearts: 'Herzen und Gefühle',
      nature: 'Natur',
      food: 'Essen und Trinken',
      doing: 'Aktivitäten und Reisen',
      things: 'Gegenstände',
      signs: 'Symbole',
    },
  },

  help: {
    title: 'Was du schreiben kannst',
    lines: [
      ['**fett**  *kursiv*  ~~durchgestrichen~~', 'fetter, kursiver und durchgestrichener Text'],
      [
        '`Code`  oder  ```',
        'Code in einer Zeile; ``` in einer eigenen Zeile beginnt und beendet einen Block',
      ],
      ['> Worte', 'ein Zitat'],
      ['- eins', 'eine Liste; mit 1. am Anfang eine nummerierte'],
      ['/me winkt', 'sagt, was du gerade tust'],
      ['/nick Ann', 'ändert deinen Namen hier'],
      ['/topic Mittagessen', 'setzt das Thema des Raums'],
      ['/invite Ben', 'öffnet einen privaten Raum für euch beide'],
      ['/help', 'zeigt diese Hilfe'],
    ],
    keysTitle: 'Tasten',
    keys: (isMac) => [
      ['Umschalt Enter', 'beginnt eine neue Zeile'],
      ['↑', 'im leeren Feld: bearbeitet deine letzte Nachricht'],
      ['↑  ↓', 'bei den Nachrichten: geht von einer zur nächsten'],
      ['Esc', 'bricht eine Antwort oder Bearbeitung ab; schließt, was offen ist'],
      [isMac ? '⌘ K' : 'Strg K', 'findet einen Raum'],
      ['?', 'außerhalb eines Felds: zeigt diese Hilfe'],
    ],
  },

  connection: {
    offline: 'Du bist offline. Deine Nachrichten werden später gesendet.',
    reconnecting: 'Die Verbindung wird wiederhergestellt. Deine Nachrichten werden dann gesendet.',
    full: 'Der Raum ist voll. Sobald ein Platz frei wird, trittst du bei.',
    unavailable:
      'Dieses Hallway nimmt gerade keine Nachrichten an. Was du schreibst, bleibt erhalten und wird später gesendet.',
    'used-up':
      'Dieses Hallway hat seinen Tag aufgebraucht. Nach 00:00 UTC geht das Schreiben weiter. Was du schreibst, bleibt erhalten.',
    'catching-up': 'Wird nachgeholt …',
    restored: 'Wieder verbunden.',
  },

  refused: {
    editChat: 'Die Änderung wurde nicht gespeichert.',
    deleteChat: 'Die Nachricht wurde nicht gelöscht.',
    react: 'Die Reaktion wurde nicht gespeichert.',
    setTopic: 'Das Thema wurde nicht geändert.',
  },

  problems: {
    'not-found': 'Das gibt es hier nicht mehr.',
    muted: 'Du kannst hier vorerst nicht schreiben.',
    'rate-limited': 'Das war zu schnell. Warte einen Moment und versuch es dann noch einmal.',
    stale: 'Sie ist zu alt, um noch einmal gesendet zu werden, und wurde vielleicht schon gesendet.',
    conflict: 'An ihrer Stelle wurde eine andere Nachricht gesendet.',
    'too-large': 'Das ist zu lang. Kürz es und versuch es noch einmal.',
    forbidden: 'Das darfst du nicht.',
    'limit-reached': 'Die Höchstzahl ist erreicht.',
    'strangers-refused':
      'Diese Person nimmt keine Einladungen von Leuten an, mit denen sie noch nicht privat gesprochen hat.',
    unavailable: 'Dieses Hallway kann gerade nichts speichern. Versuch es später noch einmal.',
    unreachable: 'Hallway hat nicht geantwortet. Prüf die Verbindung und versuch es noch einmal.',
  },

  moderation: {
    yourSettings: 'Deine Einstellungen',
    aboutRoom: 'Über diesen Raum',
    failed: 'Das konnte nicht geladen werden. Prüf die Verbindung und versuch es noch einmal.',
    links: 'Einladungslinks',
    aboutMember: (name) => `Mehr zu ${named(name)}`,
    reported: (name, reason) =>
      reason === ''
        ? `${named(name)} hat eine Nachricht gemeldet.`
        : `${named(name)} hat eine Nachricht gemeldet: ${reason}`,
    moreReports: (count) => plural(count, { one: '# weitere Nachricht', other: '# weitere Nachrichten' }),
    showReport: 'Nachricht zeigen',
    showReports: 'Alle zeigen',
    dismissReport: 'Ausblenden',
    unblock: (name) => `${named(name)} nicht mehr blockieren`,
    unblocked: (name) => `Du blockierst ${named(name)} nicht mehr.`,
  },
}
