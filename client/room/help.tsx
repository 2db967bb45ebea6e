import { Sheet } from '../parts/sheet.tsx'
import { t } from '../strings/strings.ts'

/** What the composer knows besides words. */
export function Help({ onClose }: { onClose(): void }) {
  return (
    <Sheet title={t.help.title} onClose={onClose}>
      <dl class="help">
        {t.help.lines.map(([typed, does]) => (
          <div key={typed} class="help__line">
            <dt class="help__typed" dir="ltr">
              {typed}
            </dt>
            <dd class="help__does">{does}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}
