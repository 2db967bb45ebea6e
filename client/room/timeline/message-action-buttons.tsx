import { useSignal } from '@preact/signals'
import type { Message } from '../../../src/protocol/server-frames.ts'
import { t } from '../../i18n/strings.ts'
import { messagePath } from '../../routing/fragment.ts'
import { useCopying } from '../../ui/copying.ts'
import { Icon } from '../../ui/icon.tsx'
import { useRoom } from '../room-context.ts'

/** The most common reactions first. */
const QUICK_REACTIONS = ['👍', '❤️', '😂', '🎉', '😮', '🙏']

interface Props {
  message: Message
  /** How many quick reactions there is room for. */
  emoji?: number
  /** Whether buttons show their label. */
  hasLabels?: boolean
  done?(): void
}

/** The buttons for all actions on a message. Deleting it takes a second click. */
export function MessageActionButtons({
  message,
  emoji = QUICK_REACTIONS.length,
  hasLabels = false,
  done = () => {},
}: Props) {
  const { room, self, actions, composer, moderation } = useRoom()
  const { copied, copy } = useCopying(location.origin + messagePath(room, message.seq), {
    copied: t.room.invite.copied,
    byHand: t.room.invite.copyByHand,
  })
  const isConfirming = useSignal(false)
  const may = actions.allowed(message)
  const button = (
    icon: 'reply' | 'link' | 'edit' | 'bin' | 'smile' | 'more',
    label: string,
    run: (event: MouseEvent) => void,
    isIrreversible = false,
  ) => (
    <button
      type="button"
      class={
        isIrreversible ? 'message-actions__button message-actions__button--danger' : 'message-actions__button'
      }
      aria-label={label}
      title={label}
      onClick={run}
    >
      <Icon name={icon} />
      {((hasLabels && icon !== 'smile') || isIrreversible) && <span>{label}</span>}
    </button>
  )
  return (
    <>
      <span class="message-actions__emoji">
        {QUICK_REACTIONS.slice(0, emoji).map((sign) => (
          <button
            key={sign}
            type="button"
            class="message-actions__button"
            aria-label={t.room.actions.react(sign)}
            aria-pressed={actions.hasReacted(message, sign)}
            onClick={() => {
              actions.react(message, sign)
              done()
            }}
          >
            {sign}
          </button>
        ))}
        {button('smile', t.room.actions.reactMore, () => {
          actions.openPicker.value = message.seq
          done()
        })}
      </span>
      {button('reply', t.room.actions.reply, () => {
        composer.reply(message)
        done()
      })}
      {button('link', copied.value ? t.room.invite.copied : t.room.actions.copyLink, copy)}
      {may.edit &&
        button('edit', t.room.actions.edit, () => {
          composer.edit(message)
          done()
        })}
      {may.remove &&
        button(
          'bin',
          isConfirming.value ? t.room.actions.removeConfirm : t.room.actions.remove,
          ({ target }) => {
            if (!isConfirming.value) {
              isConfirming.value = true
              return
            }
            // The button disappears with the message.
            if (target instanceof Element) target.closest<HTMLElement>('.message')?.focus()
            actions.remove(message)
            done()
          },
          isConfirming.value,
        )}
      {message.by !== self.joined.value?.by &&
        button('more', t.room.moderation.aboutMember(message.username), () => {
          const { by, username } = message
          done()
          moderation.dialog.value = { kind: 'person', by, username, message }
        })}
    </>
  )
}
