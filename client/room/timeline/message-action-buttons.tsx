import { useSignal } from '@preact/signals'
import type { Message } from '../../../src/protocol/server-frames.ts'
import { t } from '../../i18n/strings.ts'
import { messagePath } from '../../routing/fragment.ts'
import { useCopying } from '../../ui/copying.ts'
import { Icon } from '../../ui/icon.tsx'
import { useRoom } from '../room-context.ts'

/** What people mostly mean, nearest first. */
const EMOJI = ['👍', '❤️', '😂', '🎉', '😮', '🙏']

interface Props {
  message: Message
  /** How many emoji there is room for. */
  emoji?: number
  /** Whether each says in words what it does. */
  inWords?: boolean
  done?(): void
}

/** Everything that can be done with a message. A deletion is asked for twice. */
export function MessageActionButtons({
  message,
  emoji = EMOJI.length,
  inWords = false,
  done = () => {},
}: Props) {
  const { deeds, room, house, self } = useRoom()
  const { copied, copy } = useCopying(location.origin + messagePath(room, message.seq), {
    copied: t.room.invite.copied,
    byHand: t.room.invite.copyByHand,
  })
  const isSure = useSignal(false)
  const may = deeds.allowed(message)
  const deed = (
    icon: 'reply' | 'link' | 'edit' | 'bin' | 'smile' | 'more',
    label: string,
    run: (event: MouseEvent) => void,
    isGrave = false,
  ) => (
    <button
      type="button"
      class={isGrave ? 'deeds__one deeds__one--grave' : 'deeds__one'}
      aria-label={label}
      title={label}
      onClick={run}
    >
      <Icon name={icon} />
      {((inWords && icon !== 'smile') || isGrave) && <span>{label}</span>}
    </button>
  )
  return (
    <>
      <span class="deeds__emoji">
        {EMOJI.slice(0, emoji).map((one) => (
          <button
            key={one}
            type="button"
            class="deeds__one"
            aria-label={t.room.actions.react(one)}
            aria-pressed={deeds.hasReacted(message, one)}
            onClick={() => {
              deeds.react(message, one)
              done()
            }}
          >
            {one}
          </button>
        ))}
        {deed('smile', t.room.actions.reactMore, () => {
          deeds.picking.value = message.seq
          done()
        })}
      </span>
      {deed('reply', t.room.actions.reply, () => {
        deeds.reply(message)
        done()
      })}
      {deed('link', copied.value ? t.room.invite.copied : t.room.actions.copyLink, copy)}
      {may.edit &&
        deed('edit', t.room.actions.edit, () => {
          deeds.edit(message)
          done()
        })}
      {may.remove &&
        deed(
          'bin',
          isSure.value ? t.room.actions.removeConfirm : t.room.actions.remove,
          ({ target }) => {
            if (!isSure.value) {
              isSure.value = true
              return
            }
            // The button goes with what it deleted.
            if (target instanceof Element) target.closest<HTMLElement>('.message')?.focus()
            deeds.remove(message)
            done()
          },
          isSure.value,
        )}
      {message.by !== self.value?.by &&
        deed('more', t.room.moderation.aboutMember(message.username), () => {
          const { by, username } = message
          done()
          house.asked.value = { kind: 'person', by, username, message }
        })}
    </>
  )
}
