import { useSignal } from '@preact/signals'
import { t } from '../../i18n/strings.ts'
import { useRoom } from '../room-context.ts'
import { fetchRoomUsage, type RoomUsage } from './room-usage.ts'

/** What this room costs, for those who look after it. It is asked for when it is looked at. */
export function RoomCost() {
  const { room, looksAfter } = useRoom()
  const usage = useSignal<RoomUsage | 'asked' | 'unknown'>('asked')
  if (!looksAfter.value) return null

  async function ask() {
    usage.value = 'asked'
    usage.value = (await fetchRoomUsage(room)) ?? 'unknown'
  }

  return (
    <details class="cost" onToggle={({ currentTarget }) => currentTarget.open && ask()}>
      <summary>{t.room.cost.title}</summary>
      <ul class="cost__lines" aria-live="polite">
        {lines(usage.value).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  )
}

function lines(usage: RoomUsage | 'asked' | 'unknown'): string[] {
  if (usage === 'asked') return [t.room.cost.loading]
  if (usage === 'unknown') return [t.room.cost.failed]
  const { month, today, part, stored, uncounted } = t.room.cost
  const said = [month(usage.monthDollars, usage.pricesOf), today(usage), part(usage.ofFreePlan)]
  said.push(stored(usage.storedBytes))
  if (usage.uncounted > 0) said.push(uncounted(usage.uncounted))
  return said
}
