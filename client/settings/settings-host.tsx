import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { announce } from '../parts/announcer.tsx'
import { loadSettingsWords } from '../strings/language.ts'
import { t } from '../strings/strings.ts'

export interface SettingsProps {
  onClose(): void
  /** Whom one does not want to hear in the room one is in, and how to hear them again. */
  blocked?: readonly { by: string; username: string }[]
  unblock?(by: string, username: string): Promise<void>
}

/** The settings of the person; loaded when they are first asked for. */
export function SettingsHost(props: SettingsProps) {
  const loaded = useSignal<ComponentType<SettingsProps> | undefined>(undefined)
  useEffect(() => {
    loadSettingsWords()
      .then(() => import('./settings-sheet.tsx'))
      .then(
        ({ SettingsSheet }) => {
          loaded.value = SettingsSheet
        },
        () => {
          announce(t.house.failed)
          props.onClose()
        },
      )
  }, [])
  const SettingsSheet = loaded.value
  return SettingsSheet ? <SettingsSheet {...props} /> : null
}
