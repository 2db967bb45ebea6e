// npm run gallery: takes a picture of every state of the page on the real server, at every width, in both themes and both
// text directions, and writes them to gallery/ with an index.html. npm run images: takes the pictures of docs/images.
// After `--`: --only join-open,empty takes these states, --language de takes one language, --out names another folder.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Language } from '../../client/i18n/page-languages.ts'
import { root } from '../install.mjs'
import { DEVICES } from './devices.ts'
import { IMAGES } from './images.ts'
import { indexPage } from './index-page.ts'
import { allShots, type Flaws, type Shot, shoot } from './shoot.ts'
import { languagesFrom } from './speaks.ts'
import { STATES } from './states.ts'
import { devicesOf, type Stop, stopsOf, tour } from './tour.ts'

const { values } = parseArgs({
  options: {
    images: { type: 'boolean', default: false },
    language: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string' },
  },
})
const SCALE = values.images ? 2 : 1

interface Task extends Stop {
  language: Language
  shots: Shot[]
}

const out = values.out ?? join(root, values.images ? 'docs/images' : 'gallery')
const started = Date.now()
const flaws: Flaws = new Map()
const languages = values.images ? (['en'] as const) : languagesFrom(values.language)
const tasks = values.images ? tasksOfImages() : languages.flatMap(tasksOfGallery)
const failed: string[] = []

mkdirSync(out, { recursive: true })
for (const language of languages) {
  if (!values.images && values.only === undefined)
    rmSync(join(out, language), { recursive: true, force: true })
  const couldNot = await tour(
    language,
    tasks.filter((task) => task.language === language),
    ({ state, shots }, studio) => shoot(state, studio, shots, flaws),
    (device) => (device === 'touch' ? SCALE : 1),
  )
  failed.push(...couldNot)
}
if (!values.images) writeIndex()
console.log(
  `${tasks.flatMap(({ shots }) => shots).length} pictures in ${Math.round((Date.now() - started) / 1_000)} s: ${out}`,
)
for (const [file, found] of flaws) console.log(`${file.slice(out.length + 1)}: ${found.join('; ')}`)
for (const failure of failed) console.error(failure)
process.exit(failed.length > 0 ? 1 : 0)

function tasksOfGallery(language: Language): Task[] {
  const path = (file: string) => join(out, language, file)
  return stopsOf(STATES, values.only).map((stop) => ({
    ...stop,
    language,
    shots: allShots(stop.state, stop.device, path),
  }))
}

function tasksOfImages(): Task[] {
  return IMAGES.map(({ file, state: name, width, theme }) => {
    const state = STATES.find((candidate) => candidate.name === name)
    const device = state && devicesOf(state).find((kind) => DEVICES[kind].widths.includes(width))
    if (state === undefined || device === undefined)
      throw new Error(`There is no state ${name} at a width of ${width}`)
    return { state, device, language: 'en', shots: [{ width, theme, path: join(out, `${file}.png`) }] }
  })
}

function writeIndex(): void {
  const name = (path: string) => path.slice(out.length + 1)
  const taken = new Set(tasks.flatMap(({ shots }) => shots.map(({ path }) => name(path))))
  const byFile: Flaws = new Map([...flaws].map(([path, found]) => [name(path), found]))
  const shown = STATES.filter((state) => tasks.some((task) => task.state === state))
  writeFileSync(join(out, 'index.html'), indexPage(shown, languages, taken, byFile))
}
