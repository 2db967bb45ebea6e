import type { AttentionStrings } from './attention-en.ts'
import type { DoorStrings } from './en.ts'
import type { HouseStrings } from './house-en.ts'
import type { IdentityStrings } from './identity-en.ts'
import type { InsideStrings } from './inside-en.ts'
import type { Language } from './languages.ts'
import type { SettingsStrings } from './settings-en.ts'

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
    door: async () => (await import('./en.ts')).en,
    inside: async () => (await import('./inside-en.ts')).insideEn,
    house: async () => (await import('./house-en.ts')).houseEn,
    identity: async () => (await import('./identity-en.ts')).identityEn,
    attention: async () => (await import('./attention-en.ts')).attentionEn,
    settings: async () => (await import('./settings-en.ts')).settingsEn,
  },
  de: {
    door: async () => (await import('./de.ts')).de,
    inside: async () => (await import('./inside-de.ts')).insideDe,
    house: async () => (await import('./house-de.ts')).houseDe,
    identity: async () => (await import('./identity-de.ts')).identityDe,
    attention: async () => (await import('./attention-de.ts')).attentionDe,
    settings: async () => (await import('./settings-de.ts')).settingsDe,
  },
  ar: {
    door: async () => (await import('./ar.ts')).ar,
    inside: async () => (await import('./inside-ar.ts')).insideAr,
    house: async () => (await import('./house-ar.ts')).houseAr,
    identity: async () => (await import('./identity-ar.ts')).identityAr,
    attention: async () => (await import('./attention-ar.ts')).attentionAr,
    settings: async () => (await import('./settings-ar.ts')).settingsAr,
  },
}
