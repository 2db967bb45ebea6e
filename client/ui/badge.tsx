interface Props {
  count: string
  /** It concerns the reader in person. */
  called: boolean
}

/** A number beside something in which there is news. What it says is told in words elsewhere. */
export function Badge({ count, called }: Props) {
  return (
    <span class={called ? 'badge badge--mentioned' : 'badge'} aria-hidden="true">
      {called && <span class="badge__mention">@</span>}
      {count}
    </span>
  )
}
