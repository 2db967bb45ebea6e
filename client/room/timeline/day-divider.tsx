import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { dayName, startOfDay } from '../../i18n/dates.ts'

/** A page that slept through midnight notices within this time. */
const LOOK_MS = 20_000

export function DayDivider({ time }: { time: number }) {
  const today = useSignal(startOfDay(Date.now()))
  useEffect(() => {
    const timer = setInterval(() => {
      today.value = startOfDay(Date.now())
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <li class="day">
      <h2 class="day__name">{dayName(time, today.value)}</h2>
    </li>
  )
}
