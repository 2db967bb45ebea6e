import type { DoorStrings } from './en/door.ts'
import type { IdentityStrings } from './en/identity.ts'
import type { HouseStrings } from './en/moderation.ts'
import type { AttentionStrings } from './en/notifications.ts'
import type { InsideStrings } from './en/room.ts'
import type { SettingsStrings } from './en/settings.ts'
import type { Language } from './page-languages.ts'

interface Dictionary {
  door(): Promise<DoorStrings>
  inside(): Promise<InsideStrings>
  house(): Promise<HouseStrings>
  identity(): Promise<IdentityStrings>
  attention(): Promise<AttentionStrings>
  settings(): Promise<SettingsStrings>
}

/** Each is fetched by itself: nobody loads a language they do not read. */
export const DICTIONARIES: Readonly<Record<Language, Dictionary>> = {
  en: {
    door: async () => (await import('./en/door.ts')).en,
    inside: async () => (await import('./en/room.ts')).insideEn,
    house: async () => (await import('./en/moderation.ts')).houseEn,
    identity: async () => (await import('./en/identity.ts')).identityEn,
    attention: async () => (await import('./en/notifications.ts')).attentionEn,
    settings: async () => (await import('./en/settings.ts')).settingsEn,
  },
  de: {
    door: async () => (await import('./de/door.ts')).de,
    inside: async () => (await import('./de/room.ts')).insideDe,
    house: async () => (await import('./de/moderation.ts')).houseDe,
    identity: async () => (await import('./de/identity.ts')).identityDe,
    attention: async () => (await import('./de/notifications.ts')).attentionDe,
    settings: async () => (await import('./de/settings.ts')).settingsDe,
  },
  ar: {
    door: async () => (await import('./ar/door.ts')).ar,
    inside: async () => (await import('./ar/room.ts')).insideAr,
    house: async () => (await import('./ar/moderation.ts')).houseAr,
    identity: async () => (await import('./ar/identity.ts')).identityAr,
    attention: async () => (await import('./ar/notifications.ts')).attentionAr,
    settings: async () => (await import('./ar/settings.ts')).settingsAr,
  },
}
