import { parseLinks } from './parse-links.ts'

/** Plain text, or a mark, code or a link within a line. */
export type Inline =
  | string
  | { kind: 'strong' | 'em' | 'del'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; href: string }

/** An open mark, with what was found in it so far. */
interface Open {
  readonly mark: string
  readonly children: Inline[]
}

/** Marks nested more deeply are plain text. */
const MAX_DEPTH = 12
/** Stands for code or a link while the parser looks for marks. */
const ATOM = '\ufffc'
const MARKS = /\\[\\`*_~>]|\*+|_+|~~|\ufffc/g
const KINDS: Readonly<Record<string, 'strong' | 'em' | 'del'>> = {
  '**': 'strong',
  __: 'strong',
  '*': 'em',
  _: 'em',
  '~~': 'del',
}
const SPACE = /\s/u
/** Next to one of these on its outer side, a mark is plain text: snake_case, 2*3*4. */
const BETWEEN: Readonly<Record<string, RegExp>> = { '*': /\p{N}/u, _: /[\p{L}\p{N}]/u, '~': /(?!)/ }

/**
 * Parses bold, italics, strikethrough, code and addresses. Linear in the text's length: each mark is opened once, and
 * closed or given up once.
 */
export function parseInline(text: string): Inline[] {
  const { flat, atoms } = extractAtoms(text)
  const root: Open = { mark: '', children: [] }
  const open: Open[] = [root]
  let done = 0
  for (const { 0: found, index } of flat.matchAll(MARKS)) {
    addText(top(open), flat.slice(done, index))
    done = index + found.length
    const atom = atoms.get(index)
    if (atom !== undefined) top(open).children.push(atom)
    else if (found === ATOM) addText(top(open), found)
    else if (found.startsWith('\\')) addText(top(open), found.slice(1))
    else takeMarks(open, found, flat.charAt(index - 1), flat.charAt(done))
  }
  addText(top(open), flat.slice(done))
  while (open.length > 1) giveUp(open)
  return root.children
}

/** Takes code and addresses out, in which nothing is a mark, and leaves a placeholder for each. */
function extractAtoms(text: string): { flat: string; atoms: Map<number, Inline> } {
  const atoms = new Map<number, Inline>()
  let flat = ''
  const put = (atom: Inline): void => {
    atoms.set(flat.length, atom)
    flat += ATOM
  }
  for (const piece of parseCode(text)) {
    if (piece.kind === 'code') put(piece)
    else {
      for (const span of parseLinks(piece.text)) {
        if (span.kind === 'words') flat += span.text
        else put(span)
      }
    }
  }
  return { flat, atoms }
}

type Piece = { kind: 'code'; text: string } | { kind: 'words'; text: string }

/** Splits a text into code, between equal runs of backticks, and the rest. */
function parseCode(text: string): Piece[] {
  const runs = [...text.matchAll(/`+/g)].map(({ 0: { length }, index }) => ({ index, length }))
  const closing = closingRuns(runs.map(({ length }) => length))
  const pieces: Piece[] = []
  let done = 0
  for (const [at, { index, length }] of runs.entries()) {
    const close = runs[closing[at] ?? -1]
    if (index < done || close === undefined || text.charAt(index - 1) === '\\') continue
    pieces.push({ kind: 'words', text: text.slice(done, index) })
    pieces.push({ kind: 'code', text: trimOne(text.slice(index + length, close.index)) })
    done = close.index + close.length
  }
  pieces.push({ kind: 'words', text: text.slice(done) })
  return pieces
}

/** The next run of the same length for each run of backticks. */
function closingRuns(lengths: readonly number[]): (number | undefined)[] {
  const next = new Map<number, number>()
  const closing: (number | undefined)[] = []
  for (let at = lengths.length - 1; at >= 0; at -= 1) {
    const length = lengths[at] ?? 0
    closing[at] = next.get(length)
    next.set(length, at)
  }
  return closing
}

/** Takes off one space on both sides, which lets code begin with a backtick. */
function trimOne(code: string): string {
  const isFramed = code.startsWith(' ') && code.endsWith(' ') && /[^ ]/.test(code)
  return isFramed ? code.slice(1, -1) : code
}

/** Closes the marks that a run of one sign can close, and opens marks with the rest. */
function takeMarks(open: Open[], run: string, before: string, after: string): void {
  const sign = run.charAt(0)
  const isInside = (outer: string): boolean => BETWEEN[sign]?.test(outer) ?? false
  let left = run.length
  const closes = before !== '' && !SPACE.test(before) && !isInside(after)
  while (closes && left > 0) {
    const at = open.findLastIndex(({ mark }) => mark.startsWith(sign))
    const length = open[at]?.mark.length ?? 0
    if (at < 1 || length > left || !holdsAnything(open, at)) break
    while (open.length > at + 1) giveUp(open)
    close(open)
    left -= length
  }
  const opens = after !== '' && !SPACE.test(after) && !isInside(before)
  while (opens && left > 0 && open.length <= MAX_DEPTH) {
    const mark = sign.repeat(Math.min(2, left))
    open.push({ mark, children: [] })
    left -= mark.length
  }
  addText(top(open), sign.repeat(left))
}

function holdsAnything(open: readonly Open[], at: number): boolean {
  return at < open.length - 1 || top(open).children.length > 0
}

function close(open: Open[]): void {
  const closed = open.pop()
  const kind = closed && KINDS[closed.mark]
  if (closed && kind) top(open).children.push({ kind, children: closed.children })
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
