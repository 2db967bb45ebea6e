import { LIMITS } from '../../../src/protocol/limits.ts'
import type { DoorStrings } from '../en/door.ts'
import { formatsOf } from '../formats.ts'

const { number, plural, named } = formatsOf('de')

const NAME_NEEDS = `Ein Name braucht 1 bis ${LIMITS.usernameLength} sichtbare Zeichen.`

/** The strings of the front page and the entrance, in German. */
export const doorDe: DoorStrings = {
  language: 'de',
  product: 'Hallway',
  number,
  titleOf: (room) => `${named(room)} · Hallway`,

  home: {
    claim: 'Ein Raum ist ein Link.\nÖffne ihn, sag deinen Namen, rede mit.',
    more: 'Nichts zu installieren, kein Konto. Mit dem Link kann jeder beitreten.',
    start: 'Raum eröffnen',
    starting: 'Wird geöffnet …',
    startFailed: 'Der Raum konnte nicht geöffnet werden. Prüf die Verbindung und versuch es noch einmal.',
    startProblems: {
      unavailable:
        'Dieses Hallway kann gerade keinen Raum eröffnen. Versuch es in ein paar Minuten noch einmal.',
      'used-up': 'Dieses Hallway hat seinen Tag aufgebraucht. Versuch es nach 00:00 UTC noch einmal.',
      closed: 'In diesem Hallway eröffnet nur die Person Räume, die es betreibt.',
    },
    roomField: 'Name des Raums',
    roomInvalid:
      'Erlaubt sind die Buchstaben a–z, Ziffern und Bindestriche. Der Name darf nicht mit einem Bindestrich beginnen oder enden.',
    go: 'Los',
    yourRooms: 'Deine Räume',
    settings: 'Einstellungen',
  },

  join: {
    field: 'Dein Name',
    join: 'Beitreten',
    joining: 'Du trittst bei …',
    joinAs: (name) => `Als ${named(name)} beitreten`,
    waiting: {
      offline: 'Du bist offline. Sobald du wieder verbunden bist, trittst du bei.',
      reconnecting: 'Der Raum antwortet noch nicht. Sobald er es tut, trittst du bei.',
      full: 'Der Raum ist voll. Sobald ein Platz frei wird, trittst du bei.',
      unavailable: 'Dieses Hallway kann gerade niemanden einlassen. Sobald es geht, trittst du bei.',
      'used-up': 'Dieses Hallway hat seinen Tag aufgebraucht. Nach 00:00 UTC trittst du bei.',
      'catching-up': 'Gleich so weit …',
    },
    online: (count) =>
      plural(count, { one: 'Eine Person ist gerade hier.', other: '# Personen sind gerade hier.' }),
    nobody: 'Gerade ist niemand hier.',
    access: {
      open: 'Mit dem Link kann jeder beitreten.',
      invite: 'Nur eingeladene Personen können beitreten.',
      private: 'Nur du und eine weitere Person können beitreten.',
    },
    retention: {
      '7d': 'Nachrichten werden 7 Tage aufbewahrt.',
      '30d': 'Nachrichten werden 30 Tage aufbewahrt.',
      forever: 'Nachrichten werden aufbewahrt, bis sie jemand löscht.',
    },
    nameTaken: 'So oder zum Verwechseln ähnlich heißt hier schon jemand. Wähl einen anderen Namen.',
    nameInvalid: NAME_NEEDS,
    nameReserved: 'Dieser Name ist für den Raum und seine Moderation reserviert. Wähl einen anderen.',
  },

  close: 'Schließen',

  room: {
    generated: (start) => `Raum ${start}…`,
    privateWith: (name) => `Du und ${named(name)}`,
    private: 'Ein privater Raum',
    loading: 'Der Raum wird geöffnet …',
  },

  closed: {
    pages: {
      'not-found': {
        title: 'Hier ist keine offene Tür',
        text: 'Entweder gibt es unter dieser Adresse keinen Raum, oder er ist privat und für dich nicht offen.',
        more: 'Falls dich jemand eingeladen hat, öffne den Link in dem Browser, in dem du eingeladen wurdest. Ein Browser in einer anderen App zählt als ein anderer.',
      },
      'link-spent': {
        title: 'Dieser Einladungslink gilt nicht mehr',
        text: 'Er ist aufgebraucht, abgelaufen oder widerrufen, oder es gibt unter dieser Adresse keinen Raum.',
        more: 'Bitte die Person, von der du ihn hast, um einen neuen. Bist du damit schon einmal beigetreten, öffne ihn in dem Browser von damals.',
      },
      forbidden: {
        title: 'Dieser Raum ist für dich nicht offen',
        text: 'Die Leute darin entscheiden, wer beitreten kann.',
        more: 'Wenn du jemanden davon kennst, bitte um eine Einladung. Dann öffnet sich diese Tür.',
      },
      banned: {
        title: 'Du wurdest gebeten, draußen zu bleiben',
        text: 'Die Moderation hat diesen Raum für dich geschlossen. Alle anderen Räume sind so offen wie zuvor.',
        more: 'Wenn du das für ein Versehen hältst, bitte die Moderation, die Sperre aufzuheben.',
      },
      erased: {
        title: 'Diesen Raum gibt es nicht mehr',
        text: 'Er wurde für alle gelöscht, mit allem, was darin gesagt wurde.',
        more: 'Was du gerade geschrieben hast, ist nur in diesem Browser. Um weiterzureden, eröffne einen Raum und teil seinen Link.',
      },
      locked: {
        title: 'Die Tür ist gerade abgeschlossen',
        text: 'Im Moment kann niemand Neues beitreten. Wer schon einmal hier war, kann es weiterhin.',
        more: 'Wenn du schon hier warst, nimm den Browser von damals. Wenn nicht, bitte jemanden im Raum, aufzuschließen.',
      },
      kicked: {
        title: 'Du wurdest gebeten zu gehen',
        text: 'Die Moderation hat dich fürs Erste aus diesem Raum entfernt.',
        more: 'Du kannst jederzeit wieder beitreten. Was du gerade geschrieben hast, ist aufbewahrt.',
      },
      forgotten: {
        title: 'Dieser Raum hat dich vergessen',
        text: 'Deine Nachrichten und dein Name werden hier gelöscht, wie du es wolltest.',
        more: 'Wenn du wieder beitrittst, dann als jemand Neues.',
      },
      challenge: {
        title: 'Bist du ein Mensch?',
        text: 'Neue Gäste zeigen in diesem Raum zuerst, dass sie Menschen sind.',
        more: 'Ein Skript von Cloudflare prüft dafür deinen Browser. Du wirst höchstens einmal in der Woche gefragt.',
      },
      'room-full': {
        title: 'Dieser Raum ist voll',
        text: 'Es ist kein Platz mehr frei. Wenn jemand geht, kannst du beitreten.',
        more: 'Wenn du einige der Leute darin kennst, eröffne einen eigenen Raum und teil seinen Link.',
      },
      'closed-today': {
        title: 'Dieses Hallway hat seinen Tag aufgebraucht',
        text: 'Bis Mitternacht UTC lässt es niemanden neu herein. Wer schon in dem Raum war, kommt weiter hinein.',
        more: 'Komm morgen wieder, oder frag die Person, die dieses Hallway betreibt.',
      },
      'version-unsupported': {
        title: 'Diese Seite ist veraltet',
        text: 'Hallway wurde aktualisiert, seit du sie geöffnet hast. Was du gerade geschrieben hast, ist aufbewahrt.',
        more: '',
      },
      unavailable: {
        title: 'Dieses Hallway ist gerade geschlossen',
        text: 'Es kann im Moment niemanden einlassen. Falls du gerade etwas geschrieben hast, ist es aufbewahrt.',
        more: 'Versuch es in ein paar Minuten noch einmal.',
      },
      'used-up': {
        title: 'Dieses Hallway hat seinen Tag aufgebraucht',
        text: 'Nach 00:00 UTC öffnet es wieder. Falls du gerade etwas geschrieben hast, ist es aufbewahrt.',
        more: '',
      },
      unreachable: {
        title: 'Der Raum konnte nicht geladen werden',
        text: 'Hallway hat nicht geantwortet. Falls du gerade etwas geschrieben hast, ist es aufbewahrt.',
        more: 'Sieh nach, ob du online bist, und versuch es noch einmal.',
      },
      other: {
        title: 'Der Raum konnte nicht geöffnet werden',
        text: 'Der Server nennt keinen Grund. Falls du gerade etwas geschrieben hast, ist es aufbewahrt.',
        more: 'Versuch es später noch einmal. Wenn es weiter nicht klappt, frag die Person, von der du den Link hast.',
      },
    },
    toChallenge: 'Weiter',
    retry: 'Noch einmal',
    rejoin: 'Wieder beitreten',
    joinAsNew: 'Als jemand Neues beitreten',
    reload: 'Seite neu laden',
    home: 'Zur Startseite',
  },

  nowhere: {
    title: 'Unter dieser Adresse ist kein Raum',
    text: 'Die Adresse eines Raums sieht so aus: /r/gartenfest – Kleinbuchstaben, Ziffern und Bindestriche.',
  },

  broken: {
    title: 'Auf dieser Seite ist etwas kaputtgegangen',
    text: 'Das liegt an uns. Was du gerade geschrieben hast, ist aufbewahrt.',
    retry: 'Noch einmal',
  },
}
