import { useSignal } from '@preact/signals'
import { t } from '../../i18n/strings.ts'
import { fetchRoomUsage, type RoomUsage } from './room-usage.ts'

/** What this room costs, for people who may see its usage. It loads when the line is opened. */
export function RoomCost({ room }: { room: string }) {
  const usage = useSignal<RoomUsage | 'loading' | 'failed'>('loading')

  async function load() {
    usage.value = 'loading'
    usage.value = (await fetchRoomUsage(room)) ?? 'failed'
  }

  return (
    <details class="cost" onToggle={({ currentTarget }) => currentTarget.open && load()}>
      <summary>{t.moderation.cost.title}</summary>
      <ul class="cost__lines" aria-live="polite">
        {lines(usage.value).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  )
}

function lines(usage: RoomUsage | 'loading' | 'failed'): string[] {
  if (usage === 'loading') return [t.moderation.cost.loading]
  if (usage === 'failed') return [t.moderation.cost.failed]
  const { month, today, part, stored, uncounted } = t.moderation.cost
  const shown = [month(usage.monthDollars, usage.pricesOf), today(usage), part(usage.ofFreePlan)]
  shown.push(stored(usage.storedBytes))
  if (usage.uncounted > 0) shown.push(uncounted(usage.uncounted))
  return shown
}
