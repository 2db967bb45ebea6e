const ROW = /^([0-9A-F]+)\s*;\s*([0-9A-F ]+?)\s*;/
const VERSION = /^# Version: (\S+)$/m
/** How long a line of the table may be. */
const WIDTH = 118

/** Unicode's table: what each confusable character looks like. */
export function readConfusables(text: string): Map<string, string> {
  const rows = text.split('\n').flatMap((line) => {
    const [, source, target] = ROW.exec(line) ?? []
    return source === undefined || target === undefined ? [] : [[textOf(source), textOf(target)] as const]
  })
  return new Map(rows)
}

/** The same file with its notice and its rows, but without what Unicode remarks about each row. */
export function withoutRemarks(text: string): string {
  const lines = text.replace(/^\ufeff/, '').split('\n')
  const notice = lines.slice(
    0,
    Math.max(
      0,
      lines.findIndex((line) => ROW.test(line)),
    ),
  )
  const rows = lines.flatMap((line) => {
    const [, source, target] = ROW.exec(line) ?? []
    return source === undefined ? [] : [`${source};${target};`]
  })
  return [
    ...notice,
    '# A copy without the remarks on each row. Licence: unicode-license.txt',
    ...rows,
    '',
  ].join('\n')
}

/**
 * The module of the table. It has a group for each look: the characters of the look, a colon, and the characters that
 * have it, all as code points in base 36. Each of the latter is written as its distance from the one before.
 */
export function tableModule(text: string): string {
  const [, version = ''] = VERSION.exec(text) ?? []
  const groups = Map.groupBy(readConfusables(text), ([, target]) => target)
  const written = [...groups].map(([target, rows]) => {
    const sources = rows.map(([source]) => pointOf(source)).sort((a, b) => a - b)
    const steps = sources.map((point, n) => point - (sources[n - 1] ?? 0))
    return `${[...target].map(pointOf).map(in36).join('.')}:${steps.map(in36).join(',')}`
  })
  return `/**
 * Written by tools/confusables from confusables.txt of Unicode ${version}: run \`npm run confusables\`, change nothing here.
 * © 1991-2025 Unicode, Inc. The licence is in tools/confusables/unicode-license.txt.
 */
export const CONFUSABLES = \`
${inLines(written.sort()).join('\n')}
\`
`
}

function inLines(words: readonly string[]): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? word : ` ${word}`
  }
  return [...lines, line]
}

function textOf(points: string): string {
  return String.fromCodePoint(...points.split(' ').map((point) => Number.parseInt(point, 16)))
}

function pointOf(character: string): number {
  return character.codePointAt(0) ?? 0
}

function in36(point: number): string {
  return point.toString(36)
}
