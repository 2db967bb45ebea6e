import { LIMITS } from '../../../src/protocol/limits.ts'
import type { PresenceNames, RoomStrings, UsageFigures } from '../en/room.ts'
import { formatsOf } from '../formats.ts'
import { doorDe } from './door.ts'

const { number, plural, list, money, percent, kilobytes, named } = formatsOf('de')

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

/** What is said behind the door, in German. */
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
    dismissInvitation: (name) => `Einladung von ${named(name)} weglegen`,
    menu: (title) => `Mehr zu ${named(title)}`,
    switch: 'Raum finden',
    key: (isMac) => (isMac ? '⌘K' : 'Strg K'),
    field: 'Name eines Raums',
    results: 'Räume, in die du gehen kannst',
    goTo: (room) => `Zu ${named(room)} gehen`,
    invalidName: 'Der Name eines Raums besteht aus den Buchstaben a–z, Ziffern und Bindestrichen.',
    forget: 'Verlassen und vergessen',
    forgetMore:
      'Der Raum verschwindet aus dieser Liste, und mit ihm dein Entwurf und dein Platz darin. Was gesagt wurde, bleibt im Raum.',
    unsent: (count) =>
      plural(count, {
        one: 'Etwas, das du dort geschrieben hast, ist noch nicht gesendet. Es ginge verloren.',
        other: '# Nachrichten, die du dort geschrieben hast, sind noch nicht gesendet. Sie gingen verloren.',
      }),
    forgetConfirm: 'Trotzdem vergessen',
    cancel: 'Doch nicht',
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
    label: 'Ein Wort zur Begrüßung',
    dismiss: 'Danke',
  },

  cost: {
    title: 'Was dieser Raum kostet',
    loading: 'Wird zusammengezählt …',
    failed: 'Das lässt sich gerade nicht sagen.',
    month: (dollars, pricesOf) =>
      `In diesem Monat ${dollars < 0.01 ? 'weniger als ein Cent' : money(dollars)}, zu den öffentlichen Preisen vom ${pricesOf}, als wäre in keinem Tarif etwas enthalten.`,
    today: (used: UsageFigures) =>
      `Heute ${list([
        plural(used.messages, { one: '# Nachricht', other: '# Nachrichten' }),
        plural(used.rowsWritten, { one: '# Zeile geschrieben', other: '# Zeilen geschrieben' }),
        plural(used.rowsRead, { one: '# gelesen', other: '# gelesen' }),
        plural(Math.ceil(used.requests), { one: '# Anfrage', other: '# Anfragen' }),
      ])}; wach für etwa ${plural(Math.ceil(used.activeSeconds), { one: '# Sekunde', other: '# Sekunden' })}.`,
    part: (part) => `Das sind ${percent(part)} von dem, was der kostenlose Tarif am Tag hergibt.`,
    stored: (bytes) => `Er bewahrt ${kilobytes(bytes / 1_000)} auf.`,
    uncounted: (changes) =>
      plural(changes, {
        one: 'Eine weitere Änderung wurde nicht gezählt.',
        other: '# weitere Änderungen wurden nicht gezählt.',
      }),
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
    emptyText: 'Schick jemandem diesen Link. Wer ihn öffnet, kommt hinein.',
    emptyInvite: 'Nur wer eingeladen wurde, kommt hinein.',
    emptyPrivate: (name) =>
      `Hier kommen nur du und ${named(name)} hinein. Was du schreibst, wartet auf ${named(name)}.`,
    emptyPrivateUnknown: 'Hier kommt nur ihr beide hinein.',
    card: (name) => `Einladung von ${named(name)}`,
    cardText: (name) => `${named(name)} möchte unter vier Augen mit dir reden.`,
    accept: 'Unter vier Augen reden',
    dismiss: 'Weglegen',
  },

  timeline: {
    label: 'Nachrichten',
    beginning: 'Hier hat das Gespräch begonnen.',
    older: 'Ältere Nachrichten werden geladen …',
    toPresent: 'Ans Ende springen',
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
    failed: 'Nicht gesendet.',
    mutedUntil: (moment) => `Du kannst hier bis ${moment} nicht schreiben.`,
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
    label: 'Diese Nachricht',
    react: (emoji) => `Mit ${emoji} reagieren`,
    reactMore: 'Mit einem anderen Emoji reagieren',
    reply: 'Antworten',
    copyLink: 'Link dazu kopieren',
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
    cancel: 'Doch nicht',
    remaining: (count) => plural(count, { one: 'noch # Zeichen', other: 'noch # Zeichen' }),
    tooLong: (count) => plural(count, { one: '# Zeichen zu lang', other: '# Zeichen zu lang' }),
    choices: { person: 'Personen', emoji: 'Emoji', command: 'Befehle' },
    notStored: 'Dieser Browser konnte die Nachricht nicht aufbewahren. Sie steht wieder im Feld.',
    restriction: {
      reader: 'Du kannst hier mitlesen, aber nicht schreiben.',
      slow: (seconds) => `Du kannst in ${span(seconds)} wieder schreiben.`,
      queued: (seconds) => `Sie wird in ${span(seconds)} gesendet: Hier geht es gerade langsam zu.`,
    },
    refused: {
      unknown: (command) =>
        `${command} gibt es nicht. Versuch /help, oder setz ein Leerzeichen davor, um es so zu senden.`,
      'no-text': (command) => `Was kommt nach ${command}?`,
      name: () => doorDe.join.nameInvalid,
      topic: () => `Ein Thema hat höchstens ${LIMITS.topicLength} Zeichen.`,
    },
  },

  emoji: {
    open: 'Emoji',
    search: 'Emoji suchen',
    loading: 'Die Emoji werden geholt …',
    failed: 'Die Emoji konnten nicht geholt werden. Schließ dies und versuch es noch einmal.',
    none: 'So heißt keines.',
    found: 'Gefunden',
    recent: 'Zuletzt benutzt',
    groups: {
      smileys: 'Gesichter',
      people: 'Menschen und Hände',
      hearts: 'Herzen und Gefühle',
      nature: 'Natur',
      food: 'Essen und Trinken',
      doing: 'Unternehmen und Reisen',
      things: 'Dinge',
      signs: 'Zeichen',
    },
  },

  help: {
    title: 'Was sich schreiben lässt',
    lines: [
      ['**fett**  *kursiv*  ~~gestrichen~~', 'für das, was zählt, betont ist oder nicht mehr gilt'],
      [
        '`Code`  oder  ```',
        'Code in einer Zeile; drei in einer eigenen Zeile beginnen und beenden einen Block',
      ],
      ['> Worte', 'ein Zitat'],
      ['- eins', 'eine Liste; 1. 2. 3. zählt'],
      ['/me winkt', 'sagt, was du tust'],
      ['/nick Ann', 'du nimmst hier einen anderen Namen'],
      ['/topic Mittagessen', 'legt fest, worum es in diesem Raum geht'],
      ['/invite Ben', 'öffnet einen Raum für euch beide'],
      ['/help', 'zeigt dies hier'],
    ],
    keysTitle: 'Tasten',
    keys: (isMac) => [
      ['Umschalt Enter', 'beginnt eine neue Zeile'],
      ['↑', 'im leeren Feld: ändert, was du zuletzt gesagt hast'],
      ['↑  ↓', 'bei den Nachrichten: von einer zur nächsten'],
      ['Esc', 'gibt eine Antwort oder Änderung auf; schließt, was offen ist'],
      [isMac ? '⌘ K' : 'Strg K', 'findet einen Raum'],
      ['?', 'außerhalb eines Felds: zeigt dies hier'],
    ],
  },

  connection: {
    offline: 'Du bist offline. Was du schreibst, wird später gesendet.',
    reconnecting: 'Die Verbindung wird gesucht. Was du schreibst, wird dann gesendet.',
    'catching-up': 'Wird nachgeholt …',
    restored: 'Wieder verbunden.',
  },

  refused: {
    editChat: 'Die Änderung wurde nicht gespeichert.',
    deleteChat: 'Die Nachricht wurde nicht gelöscht.',
    react: 'Die Reaktion wurde nicht angenommen.',
    setTopic: 'Das Thema wurde nicht geändert.',
  },

  problems: {
    'not-found': 'Das gibt es hier nicht mehr.',
    'rate-limited': 'Das war zu schnell. Warte einen Moment.',
    stale: 'Sie wurde vor langer Zeit geschrieben, und es ist unbekannt, ob sie gesendet wurde.',
    conflict: 'An ihrer Stelle wurde etwas anderes gesendet.',
    'too-large': 'Sie ist zu lang.',
    forbidden: 'Das steht dir nicht zu.',
    'limit-reached': 'Davon gibt es schon zu viele.',
    unreachable: 'Das hat gerade nicht geklappt. Prüf die Verbindung und versuch es noch einmal.',
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
    showReport: 'Ansehen',
    dismissReport: 'Weglegen',
    unblock: (name) => `${named(name)} nicht mehr blockieren`,
    unblocked: (name) => `Du blockierst ${named(name)} nicht mehr.`,
  },
}
