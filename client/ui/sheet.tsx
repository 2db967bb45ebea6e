import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../i18n/strings.ts'
import { Icon } from './icon.tsx'

interface Props {
  title: string
  onClose(): void
  children: ComponentChildren
}

/** A dialog that rises from the lower edge, near the thumb. The browser gives the focus back when it closes. */
export function Sheet({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const close = () => dialog.current?.close()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard's way out is Escape, which a dialog knows by itself
    <dialog
      ref={dialog}
      class="sheet"
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div class="sheet__body">
        <div class="sheet__head">
          <h2>{title}</h2>
          <button type="button" class="button button--icon" aria-label={t.door.close} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
