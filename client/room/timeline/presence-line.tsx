import { Pure } from '../../ui/pure.tsx'

/** Who came and went, in passing. */
export class PresenceLine extends Pure<{ words: string }> {
  override render({ words }: { words: string }) {
    return <li class="passages">{words}</li>
  }
}
