import { momentName } from '../../i18n/dates.ts'
import { t } from '../../i18n/strings.ts'
import type { PostingRestriction } from './posting-restriction.ts'

export function restrictionText(restriction: PostingRestriction): string {
  const { reader, slow, queued } = t.room.composer.restriction
  switch (restriction.kind) {
    case 'reader':
      return reader
    case 'muted':
      return t.room.timeline.cannotPostUntil(momentName(restriction.until, Date.now()))
    case 'slow':
      return (restriction.isWaiting ? queued : slow)(restriction.seconds)
    default:
      return restriction satisfies never
  }
}
