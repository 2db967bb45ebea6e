import { type Mention, type MentionableNames, mentionAt } from './mentions.ts'
import { addressAt, bareAddressAt, type Link, wordsLinkAt } from './parse-links.ts'

/** Plain text, or a mark, code, a link or a mention within a line. */
export type Inline = string | { kind: 'strong' | 'em' | 'del'; children: Inline[] } | Atom

/** Nothing in it is a mark. */
export type Atom = { kind: 'code'; text: string } | Link | Mention

interface FoundAtom {
  /** Without one, the text up to `end` holds none. */
  atom?: Atom | undefined
  end: number
}

/** An open mark, with what was found in it so far. */
interface Open {
  readonly mark: string
  readonly children: Inline[]
}

/** Marks nested more deeply are plain text. */
const MAX_DEPTH = 12
/** Stands for an atom while the parser looks for marks. */
const ATOM = '\ufffc'
/** Where an atom may begin. A word is taken whole, so that nothing begins within it. */
const START = /`+|\[|https?:\/\/|[a-z0-9][\w.+-]*(?:@[a-z0-9][\w.-]*)?|@|[*_~]+/gi
const MARKS = /\*+|_+|~+|\ufffc/g
const KINDS: Readonly<Record<string, 'strong' | 'em' | 'del'>> = {
  '**': 'strong',
  __: 'strong',
  '*': 'em',
  _: 'em',
  '~~': 'del',
}
/** Where a `_` may first have opened. */
const EMPHASIS = /(?:^|[^\p{L}\p{N}_@])_/u

/** Where a word touches a mark, the mark is text: snake_case, 2*3*4. The words of other scripts may touch stars. */
const LETTERS: Readonly<Record<string, RegExp>> = {
  '*': /[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{N}]|[\u0300-\u036f]/u,
  _: /[\p{L}\p{N}\p{Mn}\p{Mc}]/u,
}
/** Beside other ASCII signs a mark is a part of a path, a pattern, a formula or a face. A double mark is so less often. */
const OPENS_BEHIND = [/[\s("'[{*_~\x80-\u{10ffff}]/u, /[\s("'[{*_~:,;!>\x80-\u{10ffff}-]/u]
const NOT_OPENS_BEFORE = [/[\s.)\]},;:!?/\\|=<>&%^-]/, /[\s)\]},/\\]/]
const NOT_CLOSES_BEHIND = /[\s([{,/\\=@]/
const NOT_CLOSES_BEFORE = [/[\w\\@([{<=&%$#+^]/, /[\d\\]/]
/** What can be emphasised: `_._` is a face. */
const EMPHASISED = /[a-z0-9\x80-\u{10ffff}]/iu
const KEYCAP = /[\ufe0f\u20e3]/

/**
 * Parses bold, italics, strikethrough, code, addresses and mentions. Linear in the text's length: each mark is opened
 * once, and closed or given up once.
 */
export function parseInline(text: string, callable?: MentionableNames): Inline[] {
  const { flat, atoms } = extractAtoms(text, callable)
  const root: Open = { mark: '', children: [] }
  const open: Open[] = [root]
  let done = 0
  for (const { 0: found, index } of flat.matchAll(MARKS)) {
    addText(top(open), flat.slice(done, index))
    done = index + found.length
    const atom = atoms.get(index)
    const [before, after] = [flat.charAt(index - 1), flat.charAt(done)]
    if (atom !== undefined) top(open).children.push(atom)
    else if (found === ATOM) addText(top(open), found)
    // The last star is a part of the emoji behind it.
    else if (KEYCAP.test(after)) {
      takeMarks(open, found.slice(1), before, found.charAt(0))
      addText(top(open), found.charAt(0))
    } else takeMarks(open, found, before, after)
  }
  addText(top(open), flat.slice(done))
  while (open.length > 1) giveUp(open)
  return root.children
}

/** Takes out what holds no marks, and leaves a placeholder for each. What begins first wins. */
function extractAtoms(text: string, callable?: MentionableNames): { flat: string; atoms: Map<number, Atom> } {
  const atoms = new Map<number, Atom>()
  const code = codeIn(text)
  const emphasis = callable ? text.search(EMPHASIS) : -1
  const emphasised = emphasis < 0 ? text.length : emphasis
  START.lastIndex = 0
  let flat = ''
  let done = 0
  for (let found = START.exec(text); found; found = START.exec(text)) {
    const [sign] = found
    const at = found.index
    const taken = atomAt(at, sign)
    if (taken) START.lastIndex = taken.end
    if (taken?.atom) {
      flat += text.slice(done, at)
      atoms.set(flat.length, taken.atom)
      flat += ATOM
      done = taken.end
    } else if (!taken && sign.indexOf('@') > 0) START.lastIndex = at + sign.indexOf('@')
  }
  return { flat: flat + text.slice(done), atoms }

  function nameAt(at: number): FoundAtom | undefined {
    const atom = callable && mentionAt(text, at, callable, emphasised)
    return atom && { atom, end: at + atom.text.length }
  }

  function atomAt(at: number, sign: string): FoundAtom | undefined {
    switch (sign.charAt(0)) {
      case '`':
        return code.get(at)
      case '[':
        return wordsLinkAt(text, at)
      case '@':
        // A part of a path, unless a slash stands between two names.
        if (text.charAt(at - 1) === '/' && done !== at - 1) return undefined
        return nameAt(at)
      case '*':
      case '_':
      case '~':
        return nameAt(at)
      default:
        return sign.endsWith('://') ? addressAt(text, at, sign) : bareAddressAt(text, at, sign)
    }
  }
}

/** The code in a text, between equal runs of backticks, by where it begins. */
function codeIn(text: string): Map<number, FoundAtom> {
  const code = new Map<number, FoundAtom>()
  /** The next run of each length. */
  const next = new Map<number, number>()
  for (const { 0: run, index } of [...text.matchAll(/`+/g)].reverse()) {
    const close = next.get(run.length)
    if (close !== undefined && text.charAt(index - 1) !== '\\')
      code.set(index, {
        atom: { kind: 'code', text: trimOne(text.slice(index + run.length, close)) },
        end: close + run.length,
      })
    next.set(run.length, index)
  }
  return code
}

/** Takes off one space on both sides, which lets code begin with a backtick. */
function trimOne(code: string): string {
  const isFramed = code.startsWith(' ') && code.endsWith(' ') && /[^ ]/.test(code)
  return isFramed ? code.slice(1, -1) : code
}

/** Closes the marks that a run of one sign can close, and opens marks with the rest. */
function takeMarks(open: Open[], run: string, before: string, after: string): void {
  const sign = run.charAt(0)
  const isDouble = run.length > 1 ? 1 : 0
  const touches = (letter: string): boolean => LETTERS[sign]?.test(letter) ?? false
  // A longer run is a line or a hidden word.
  const isText = run.length > 3 || (sign === '~' && run.length !== 2)
  let left = run.length
  const closes =
    !isText &&
    before !== '' &&
    !NOT_CLOSES_BEHIND.test(before) &&
    !NOT_CLOSES_BEFORE[isDouble]?.test(after) &&
    !(touches(after) && (sign === '_' || !isDouble))
  while (closes && left > 0) {
    const at = open.findLastIndex(({ mark }) => mark.startsWith(sign))
    if (at < 1 || (open[at]?.mark.length ?? 0) > left) break
    while (open.length > at + 1) giveUp(open)
    if (!isEmphasised(top(open))) {
      giveUp(open)
      break
    }
    left -= close(open)
  }
  const opens =
    !isText &&
    after !== '' &&
    !NOT_OPENS_BEFORE[isDouble]?.test(after) &&
    (before === '' || OPENS_BEHIND[isDouble]?.test(before)) &&
    !touches(before)
  while (opens && left > 0 && open.length <= MAX_DEPTH) {
    const mark = sign.repeat(Math.min(2, left))
    open.push({ mark, children: [] })
    left -= mark.length
  }
  addText(top(open), sign.repeat(left))
}

/** Whether there is anything to emphasise. A word between double underscores is a name in Python, C or PHP. */
function isEmphasised({ mark, children }: Open): boolean {
  const [first] = children
  if (mark === '__' && children.length === 1 && typeof first === 'string' && /^\w+$/.test(first)) return false
  return children.some((child) => typeof child !== 'string' || EMPHASISED.test(child))
}

function close(open: Open[]): number {
  const closed = open.pop()
  const kind = closed && KINDS[closed.mark]
  if (closed && kind) top(open).children.push({ kind, children: closed.children })
  return closed?.mark.length ?? 0
}

/** Turns a mark that was never closed back into text. */
function giveUp(open: Open[]): void {
  const given = open.pop()
  if (given === undefined) return
  const under = top(open)
  addText(under, given.mark)
  for (const child of given.children) {
    if (typeof child === 'string') addText(under, child)
    else under.children.push(child)
  }
}

function addText({ children }: Open, text: string): void {
  if (text === '') return
  const last = children.at(-1)
  if (typeof last === 'string') children[children.length - 1] = last + text
  else children.push(text)
}

function top(open: readonly Open[]): Open {
  const last = open.at(-1)
  if (last === undefined) throw new Error('Nothing is open')
  return last
}
