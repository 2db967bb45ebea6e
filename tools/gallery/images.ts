import type { Theme } from './devices.ts'

/** The pictures of docs/images, which show states of the gallery. */
export const IMAGES: readonly { file: string; state: string; width: number; theme: Theme }[] = [
  { file: 'room-light', state: 'conversation', width: 1280, theme: 'light' },
  { file: 'room-phone-dark', state: 'conversation', width: 390, theme: 'dark' },
  { file: 'front-light', state: 'front-known', width: 1280, theme: 'light' },
  { file: 'empty-light', state: 'empty', width: 1280, theme: 'light' },
  { file: 'invitation-light', state: 'invitation', width: 1280, theme: 'light' },
  { file: 'offline-phone', state: 'offline', width: 390, theme: 'light' },
]
