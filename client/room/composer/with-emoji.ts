import { EMOJI } from '../../emoji/emoji-list.ts'
import type { Piece } from '../../markdown/read-text.ts'

const NAME = /:([a-z0-9+-][a-z0-9_+-]+):/gi

interface Place {
  from: number
  to: number
  sign: string
}

/**
 * A text with `:smile:` and the like as emoji; `pieces` is what was parsed of it. In code and addresses they are text, and
 * so is a name that is unknown.
 */
export function withEmoji(body: string, pieces: readonly Piece[]): string {
  const isText = pieces.flatMap((piece) =>
    emojiIn(typeof piece === 'string' ? piece : piece.text).map(() => typeof piece === 'string'),
  )
  const places = emojiIn(body)
  if (places.length !== isText.length) return body
  let done = 0
  let text = ''
  for (const [at, { from, to, sign }] of places.entries()) {
    text += body.slice(done, from) + (isText[at] ? sign : body.slice(from, to))
    done = to
  }
  return text + body.slice(done)
}

/** The names of emoji in a text, which stand neither in a word nor in code like `std::fire::`. */
function emojiIn(text: string): Place[] {
  const places: Place[] = []
  NAME.lastIndex = 0
  for (let found = NAME.exec(text); found; found = NAME.exec(text)) {
    const [whole, name = ''] = found
    const { index: from } = found
    const to = from + whole.length
    const sign = EMOJI.find(({ names }) => names.includes(name.toLowerCase()))?.sign
    const follows = from > 0 && places.at(-1)?.to !== from && /[a-z0-9:]/i.test(text.charAt(from - 1))
    if (sign !== undefined && !follows) places.push({ from, to, sign })
  }
  return places
}
