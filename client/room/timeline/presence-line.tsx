import { Memo } from '../../ui/memo.tsx'

/** One line of joins, leaves and renames. */
export class PresenceLine extends Memo<{ words: string }> {
  override render({ words }: { words: string }) {
    return <li class="presence">{words}</li>
  }
}
