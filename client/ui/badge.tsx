interface Props {
  count: string
  /** It concerns the reader personally. */
  called: boolean
}

/** An unread count beside something. Screen readers get it in words elsewhere. */
export function Badge({ count, called }: Props) {
  return (
    <span class={called ? 'badge badge--mentioned' : 'badge'} aria-hidden="true">
      {called && <span class="badge__mention">@</span>}
      {count}
    </span>
  )
}
