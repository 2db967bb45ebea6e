import { short } from './numbers.ts'
import type { Spread } from './statistics.ts'

export interface Bar {
  label: string
  spread: Spread
  /** Whether this is Hallway, which the plot highlights. */
  isOurs: boolean
}

const WIDTH = 720
const LABEL_WIDTH = 190
const VALUE_WIDTH = 150
const BAR_HEIGHT = 22
const GAP = 8
const TOP = 44
const BOTTOM = 12

/** An image follows the reader's system, not the page, so it needs colours for both schemes. */
const STYLE = `<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600; font-size: 15px }
.bar { fill: #8c959f } .ours { fill: #0969da } .spread { stroke: #1f2328; stroke-width: 1.5 } .line { stroke: #0969da; stroke-width: 2; fill: none } .axis { stroke: #8c959f }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .bar { fill: #6e7681 } .ours { fill: #4493f8 } .spread { stroke: #e6edf3 } .line { stroke: #4493f8 } }
</style>`

/** Bars from zero. A thin line shows the spread of the rounds. */
export function barsSvg(title: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ spread }) => spread.max))
  const scale = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / (most || 1)
  const drawn = bars.map(({ label, spread, isOurs }, at) => {
    const y = TOP + at * (BAR_HEIGHT + GAP)
    const middle = y + BAR_HEIGHT / 2
    const x = (value: number) => round(LABEL_WIDTH + value * scale)
    return [
      text(label, LABEL_WIDTH - 10, middle + 4, 'text-anchor="end"'),
      `<rect class="bar${isOurs ? ' ours' : ''}" x="${LABEL_WIDTH}" y="${y}" width="${round(spread.median * scale)}" height="${BAR_HEIGHT}"/>`,
      `<line class="spread" x1="${x(spread.min)}" x2="${x(spread.max)}" y1="${middle}" y2="${middle}"/>`,
      text(short(spread.median), x(spread.max) + 8, middle + 4),
    ].join('\n')
  })
  const height = TOP + bars.length * (BAR_HEIGHT + GAP) + BOTTOM
  return svg(title, height, drawn.join('\n'))
}

/** A line over time, from zero. */
export function lineSvg(
  title: string,
  values: readonly number[],
  ends: { first: string; last: string },
): string {
  const height = 220
  const [left, right, bottom] = [70, WIDTH - 20, height - 34]
  const most = Math.max(...values)
  const x = (at: number) => round(left + ((right - left) * at) / Math.max(1, values.length - 1))
  const y = (value: number) => round(bottom - ((bottom - TOP) * value) / (most || 1))
  const points = values.map((value, at) => `${x(at)},${y(value)}`).join(' ')
  const drawn = [
    `<line class="axis" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>`,
    `<polyline class="line" points="${points}"/>`,
    text(short(most), left - 8, TOP + 4, 'text-anchor="end"'),
    text('0', left - 8, bottom + 4, 'text-anchor="end"'),
    text(ends.first, left, bottom + 20),
    text(ends.last, right, bottom + 20, 'text-anchor="end"'),
  ]
  return svg(title, height, drawn.join('\n'))
}

function svg(title: string, height: number, drawn: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escaped(title)}</title>
${STYLE}
${text(title, 10, 24, 'class="title"')}
${drawn}
</svg>
`
}

function text(content: string, x: number, y: number, more = ''): string {
  return `<text x="${round(x)}" y="${round(y)}"${more && ` ${more}`}>${escaped(content)}</text>`
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
