import { t } from '../../i18n/strings.ts'
import { snippetOf } from '../../markdown/read-text.ts'
import { Icon } from '../../ui/icon.tsx'
import type { ComposerTarget } from './composer-target.ts'

/** The line above the field: the message that the text replies to or replaces. */
export function ComposerTargetLine({ target, cancel }: { target: ComposerTarget; cancel(): void }) {
  const { kind, message } = target
  return (
    <p class="composer__target">
      <span class="composer__target-kind">
        {kind === 'edit' ? t.room.composer.editing : t.room.composer.replying(message.username)}
      </span>
      <span class="composer__target-text" dir="auto">
        {snippetOf(message.body)}
      </span>
      <button type="button" class="composer__cancel" aria-label={t.room.composer.cancel} onClick={cancel}>
        <Icon name="close" />
      </button>
    </p>
  )
}
