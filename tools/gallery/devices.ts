import type { BrowserContextOptions } from 'playwright-core'

/** Phones and tablets, and desktop computers. */
export const DEVICES = {
  touch: { widths: [320, 390, 768], options: { hasTouch: true, isMobile: true } },
  mouse: { widths: [1280, 1920], options: {} },
} satisfies Record<string, { widths: number[]; options: BrowserContextOptions }>
export type Device = keyof typeof DEVICES

export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const HEIGHTS: Readonly<Record<number, number>> = { 320: 640, 390: 844, 768: 1024, 1280: 800, 1920: 1080 }

export function sizeOf(width: number): { width: number; height: number } {
  return { width, height: HEIGHTS[width] ?? 800 }
}

export const WIDTHS = Object.values(DEVICES).flatMap(({ widths }) => widths)
