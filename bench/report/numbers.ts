import type { Spread } from './statistics.ts'

/** A number with about three digits that count: 0.0123, 1.23, 12.3, 123, 12,300. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size >= 1000) return Number(value.toPrecision(3)).toLocaleString('en')
  if (size >= 100) return value.toFixed(0)
  if (size >= 10) return String(Number(value.toFixed(1)))
  if (size >= 1 || size === 0) return String(Number(value.toFixed(2)))
  return String(Number(value.toPrecision(3)))
}

/** The median, and in parentheses from where to where the rounds went. */
export function shortSpread(spread: Spread | undefined): string {
  if (spread === undefined) return '–'
  const { median, min, max, rounds } = spread
  return rounds > 1 ? `${short(median)} (${short(min)}–${short(max)})` : short(median)
}
