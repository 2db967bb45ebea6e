import { t } from '../../i18n/strings.ts'
import { isMac } from '../../ui/is-mac.ts'
import { Sheet } from '../../ui/sheet.tsx'

/** Lists the commands of the composer and the keys. */
export function Help({ onClose }: { onClose(): void }) {
  return (
    <Sheet title={t.room.help.title} onClose={onClose}>
      <Lines of={t.room.help.lines} />
      <h3 class="help__title">{t.room.help.keysTitle}</h3>
      <Lines of={t.room.help.keys(isMac)} />
    </Sheet>
  )
}

function Lines({ of }: { of: readonly string[][] }) {
  return (
    <dl class="help">
      {of.map(([typed, does]) => (
        <div key={typed} class="help__line">
          <dt class="help__typed">
            <bdi>{typed}</bdi>
          </dt>
          <dd class="help__does">{does}</dd>
        </div>
      ))}
    </dl>
  )
}
