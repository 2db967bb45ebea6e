import { localeOf } from './formats.ts'
import { language } from './language.ts'

const DAY_MS = 86_400_000

const locale = localeOf(language)
const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' })
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
const fullDay = new Intl.DateTimeFormat(locale, { dateStyle: 'full' })
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
const comma = language === 'ar' ? '،' : ','

/** "14:05", for beside a message. */
export function clockTime(time: number): string {
  return clock.format(time)
}

/** The time without AM or PM, for narrow places. */
export function briefTime(time: number): string {
  const parts = clock.formatToParts(time).filter(({ type }) => type !== 'dayPeriod')
  return parts
    .map(({ value }) => value)
    .join('')
    .trim()
}

/** The whole date, to the second. */
export function exactTime(time: number): string {
  return exact.format(time)
}

/** "Today", "Yesterday", "Friday 20 November", and the year unless it is this one. */
export function dayName(time: number, now: number): string {
  const days = Math.round((startOfDay(time) - startOfDay(now)) / DAY_MS)
  if (days === 0 || days === -1) return capitalized(relative.format(days, 'day'))
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear()
  return (sameYear ? weekday : fullDay).format(time)
}

/** A time in the future or the past: "14:05", "Tomorrow, 14:05", "Friday 20 November, 14:05". */
export function momentName(time: number, now: number): string {
  if (startOfDay(time) === startOfDay(now)) return clockTime(time)
  const isTomorrow = Math.round((startOfDay(time) - startOfDay(now)) / DAY_MS) === 1
  return isTomorrow ? clockOn(relative.format(1, 'day'), time) : dayAndClock(time, now)
}

/** "Today, 14:05", for an entry of the moderation log. */
export function dayAndClock(time: number, now: number): string {
  return clockOn(dayName(time, now), time)
}

/** Midnight before `time` in local time. */
export function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0)
}

function clockOn(day: string, time: number): string {
  return `${day}${comma} ${clockTime(time)}`
}

function capitalized(text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}
