import { encode } from 'uqr'

/** The light margin that scanners need. */
const MARGIN = 4

/** The QR code of `text`: the dark runs of every row as one SVG path. */
export function qrPath(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { border: MARGIN })
  const path = data.flatMap((row, y) =>
    row.flatMap((dark, x) => {
      if (!dark || row[x - 1]) return []
      const end = row.indexOf(false, x)
      const length = (end < 0 ? size : end) - x
      return [`M${x} ${y}h${length}v1h-${length}z`]
    }),
  )
  return { size, path: path.join('') }
}
