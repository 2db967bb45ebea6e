import type { Language } from './page-languages.ts'
import type { Strings } from './strings.ts'

type Dictionary = { readonly [Area in keyof Strings]: () => Promise<Pick<Strings, Area>> }

/** A file for each language and area: nobody loads a language they do not read. */
export const DICTIONARIES: Readonly<Record<Language, Dictionary>> = {
  en: {
    door: async () => ({ door: (await import('./en/door.ts')).doorEn }),
    room: async () => ({ room: (await import('./en/room.ts')).roomEn }),
    moderation: async () => ({ moderation: (await import('./en/moderation.ts')).moderationEn }),
    notifications: async () => ({ notifications: (await import('./en/notifications.ts')).notificationsEn }),
    identity: async () => ({ identity: (await import('./en/identity.ts')).identityEn }),
    settings: async () => ({ settings: (await import('./en/settings.ts')).settingsEn }),
  },
  de: {
    door: async () => ({ door: (await import('./de/door.ts')).doorDe }),
    room: async () => ({ room: (await import('./de/room.ts')).roomDe }),
    moderation: async () => ({ moderation: (await import('./de/moderation.ts')).moderationDe }),
    notifications: async () => ({ notifications: (await import('./de/notifications.ts')).notificationsDe }),
    identity: async () => ({ identity: (await import('./de/identity.ts')).identityDe }),
    settings: async () => ({ settings: (await import('./de/settings.ts')).settingsDe }),
  },
  ar: {
    door: async () => ({ door: (await import('./ar/door.ts')).doorAr }),
    room: async () => ({ room: (await import('./ar/room.ts')).roomAr }),
    moderation: async () => ({ moderation: (await import('./ar/moderation.ts')).moderationAr }),
    notifications: async () => ({ notifications: (await import('./ar/notifications.ts')).notificationsAr }),
    identity: async () => ({ identity: (await import('./ar/identity.ts')).identityAr }),
    settings: async () => ({ settings: (await import('./ar/settings.ts')).settingsAr }),
  },
}
