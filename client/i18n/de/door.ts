import { LIMITS } from '../../../src/protocol/limits.ts'
import type { DoorStrings } from '../en/door.ts'
import { formatsOf } from '../formats.ts'

const { number, plural, named } = formatsOf('de')

const NAME_NEEDS = `Ein Name braucht 1 bis ${LIMITS.usernameLength} sichtbare Zeichen.`

/** What is said in front of the door, in German. Other languages have the same shape. */
export const doorDe: DoorStrings = {
  language: 'de',
  product: 'Hallway',
  number,
  titleOf: (room) => `${named(room)} · Hallway`,

  home: {
    claim: 'Ein Raum ist ein Link.\nÖffne ihn, sag deinen Namen, rede mit.',
    more: 'Nichts zu installieren, kein Konto. Wer den Link hat, kommt hinein.',
    start: 'Raum eröffnen',
    starting: 'Wird geöffnet …',
    startFailed: 'Das hat gerade nicht geklappt. Prüf die Verbindung und versuch es noch einmal.',
    roomField: 'Name des Raums',
    roomInvalid:
      'Der Name eines Raums besteht aus den Buchstaben a–z, Ziffern und Bindestrichen und beginnt und endet nicht mit einem Bindestrich.',
    go: 'Los',
    yourRooms: 'Räume, die du kennst',
    settings: 'Einstellungen',
  },

  join: {
    field: 'Dein Name',
    join: 'Eintreten',
    joining: 'Du trittst ein …',
    waiting: {
      offline: 'Du bist offline. Sobald du wieder verbunden bist, trittst du ein.',
      reconnecting: 'Der Raum antwortet noch nicht. Sobald er es tut, trittst du ein.',
      'catching-up': 'Gleich so weit …',
    },
    online: (count) =>
      plural(count, { one: 'Eine Person ist gerade hier.', other: '# Personen sind gerade hier.' }),
    nobody: 'Gerade ist niemand hier.',
    access: {
      open: 'Wer den Link hat, kommt hinein.',
      invite: 'Nur wer eingeladen wurde, kommt hinein.',
      private: 'Nur du und eine weitere Person kommen hinein.',
    },
    retention: {
      '7d': 'Nachrichten werden 7 Tage aufbewahrt.',
      '30d': 'Nachrichten werden 30 Tage aufbewahrt.',
      forever: 'Nachrichten werden aufbewahrt, bis sie jemand löscht.',
    },
    nameTaken: 'So oder zum Verwechseln ähnlich heißt hier schon jemand. Nimmst du einen anderen Namen?',
    nameInvalid: NAME_NEEDS,
    nameReserved:
      'Dieser Name steht für den Raum oder für die, die sich um ihn kümmern. Nimm bitte einen anderen.',
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
        more: 'Falls dich jemand eingeladen hat: Ein privater Raum erkennt dich an dem Browser, in dem du eingeladen wurdest. Öffne den Link dort. Ein Browser in einer anderen App zählt als ein anderer.',
      },
      'link-spent': {
        title: 'Diese Einladung lässt niemanden mehr hinein',
        text: 'Sie ist aufgebraucht, abgelaufen oder zurückgenommen, oder es gibt unter dieser Adresse keinen Raum.',
        more: 'Bitte den, von dem du sie hast, um eine neue. Hat sie dich schon einmal hineingelassen, öffne sie in dem Browser von damals.',
      },
      forbidden: {
        title: 'Dieser Raum ist für dich nicht offen',
        text: 'Wer hineinkommt, entscheiden die Leute darin.',
        more: 'Wenn du jemanden davon kennst, bitte um eine Einladung. Dann öffnet sich diese Tür.',
      },
      banned: {
        title: 'Du wurdest gebeten, draußen zu bleiben',
        text: 'Jemand, der sich um diesen Raum kümmert, hat ihn für dich geschlossen. Alle anderen Räume sind so offen wie zuvor.',
        more: 'Wenn du das für ein Versehen hältst, sprich mit ihnen: Sie können dich wieder hineinlassen.',
      },
      erased: {
        title: 'Diesen Raum gibt es nicht mehr',
        text: 'Er wurde gelöscht, mit allem, was darin gesagt wurde, für alle.',
        more: 'Was du noch geschrieben hast, ist nur in diesem Browser. Um weiterzureden, eröffne einen Raum und teil seinen Link.',
      },
      locked: {
        title: 'Die Tür ist gerade abgeschlossen',
        text: 'Dieser Raum nimmt im Moment niemand Neues auf. Wer schon einmal hier war, kommt weiterhin hinein.',
        more: 'Wenn du schon hier warst, nimm den Browser von damals. Wenn nicht, bitte jemanden drinnen, aufzuschließen.',
      },
      kicked: {
        title: 'Du wurdest hinausgebeten',
        text: 'Jemand, der sich um diesen Raum kümmert, hat dich gebeten, ihn fürs Erste zu verlassen.',
        more: 'Du kannst jederzeit wiederkommen. Was du gerade geschrieben hast, ist aufbewahrt.',
      },
      forgotten: {
        title: 'Dieser Raum hat dich vergessen',
        text: 'Was du hier gesagt hast, wird gelöscht, und dein Name mit, wie du es wolltest.',
        more: 'Wenn du wieder eintrittst, dann als jemand Neues.',
      },
      challenge: {
        title: 'Bist du ein Mensch?',
        text: 'Wer neu in diesen Raum kommt, zeigt erst, dass er kein Programm ist.',
        more: 'Ein Skript von Cloudflare sieht sich dafür deinen Browser an. Du wirst höchstens einmal in der Woche gefragt.',
      },
      'room-full': {
        title: 'Dieser Raum ist voll',
        text: 'Es sind so viele Leute darin, wie er fasst. Wenn jemand geht, ist wieder ein Platz frei.',
        more: 'Wenn du mit einigen von ihnen zusammengehörst, eröffne einen eigenen Raum und teil seinen Link.',
      },
      'version-unsupported': {
        title: 'Diese Seite ist veraltet',
        text: 'Hallway wurde erneuert, seit du sie geöffnet hast. Was du gerade geschrieben hast, ist aufbewahrt.',
        more: '',
      },
      unreachable: {
        title: 'Der Raum konnte nicht geladen werden',
        text: 'Hallway hat nicht geantwortet. Falls du gerade etwas geschrieben hast, ist es aufbewahrt.',
        more: 'Sieh nach, ob du online bist, und versuch es noch einmal.',
      },
      other: {
        title: 'Der Raum konnte nicht geöffnet werden',
        text: 'Er sagt nicht, warum. Falls du gerade etwas geschrieben hast, ist es aufbewahrt.',
        more: 'Versuch es später noch einmal. Wenn es so bleibt, frag den, von dem du den Link hast.',
      },
    },
    challengePage: {
      title: 'Bist du ein Mensch?',
      text: 'Das dauert einen Moment. Dann kommst du hinein.',
      more: 'Turnstile von Cloudflare sieht sich deinen Browser an. Was im Raum gesagt wird, steht nicht auf dieser Seite.',
      failed: 'Das hat nicht geklappt. Prüf die Verbindung, oder versuch es in einem anderen Browser.',
    },
    toChallenge: 'Weiter',
    retry: 'Noch einmal',
    rejoin: 'Wieder hineingehen',
    joinAsNew: 'Als jemand Neues eintreten',
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
