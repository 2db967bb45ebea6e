import { Memo } from '../../ui/memo.tsx'

/** Who came and went, in passing. */
export class PresenceLine extends Memo<{ words: string }> {
  override render({ words }: { words: string }) {
    return <li class="passages">{words}</li>
  }
}
