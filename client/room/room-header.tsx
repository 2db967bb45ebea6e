import { roomPath } from '../../src/protocol/names.ts'
import { CopyLink } from '../parts/copy-link.tsx'
import { ShareLink } from '../parts/share-link.tsx'
import { Wordmark } from '../parts/wordmark.tsx'
import { useRoom } from './room-context.ts'

export function RoomHeader() {
  const { room, title, topic, isPrivate } = useRoom()
  const url = location.origin + roomPath(room)
  return (
    <header class="room-header">
      <Wordmark />
      <div class="room-header__name">
        <h1 dir="auto">{title.value}</h1>
        {topic.value && (
          <p class="room-header__topic" dir="auto" title={topic.value}>
            {topic.value}
          </p>
        )}
      </div>
      {!isPrivate.value && (
        <div class="room-header__invite">
          <ShareLink url={url} title={title.value} />
          <CopyLink url={url} />
        </div>
      )}
    </header>
  )
}
