import { dayName } from '../../i18n/dates.ts'

export function DayDivider({ time }: { time: number }) {
  return (
    <li class="day">
      <h2 class="day__name">{dayName(time, Date.now())}</h2>
    </li>
  )
}
