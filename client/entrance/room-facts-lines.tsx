import { t } from '../i18n/strings.ts'
import type { FactsAnswer } from '../net/api.ts'

/** How many are here, who may join, and how long messages are stored. */
export function RoomFactsLines({ answer }: { answer: FactsAnswer }) {
  if (answer?.kind !== 'facts') return <div class="join__facts" />
  const { topic, online, access, retention } = answer.facts
  return (
    <div class="join__facts">
      {topic && (
        <p class="join__topic" dir="auto">
          {topic}
        </p>
      )}
      <p class={online > 0 ? 'join__online join__online--lit' : 'join__online'}>
        {online > 0 ? t.door.join.online(online) : t.door.join.nobody}
      </p>
      <p class="join__terms">
        {t.door.join.access[access]} {t.door.join.retention[retention]}
      </p>
    </div>
  )
}
