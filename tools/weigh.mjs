import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

// The most that a visitor loads before the first view, in gzipped bytes and in each language.
const BUDGET = { js: 22_500, css: 8_000 }

// The most that a person in a room has loaded of scripts.
const ROOM_BUDGET = 75_000

// A visitor loads the words of one language.
const WORDS = /^words-(\w+)-door-/
const OTHER_WORDS = /^words-(?!en-)/

/**
 * Weighs the files that index.html of a built page loads at once, and the words of each language. Chunks that load later
 * do not count.
 *
 * @param {string} folder
 */
export function weighFirstView(folder) {
  const html = readFileSync(`${folder}/index.html`, 'utf8')
  const files = [...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, path]) => String(path))
  const words = readdirSync(`${folder}/assets`)
    .filter((file) => WORDS.test(file))
    .map((file) => {
      const parts = withImports(`${folder}/assets/`, [file]).filter(
        (part) => !files.includes(`/assets/${part}`),
      )
      return {
        language: WORDS.exec(file)?.[1],
        bytes: parts.reduce((bytes, part) => bytes + gzipped(`${folder}/assets/${part}`), 0),
      }
    })
  if (words.length === 0) throw new Error(`${folder}/assets has no words of any language`)
  /** @param {'js' | 'css'} kind */
  const sum = (kind) =>
    files
      .filter((file) => file.endsWith(`.${kind}`))
      .reduce((bytes, file) => bytes + gzipped(folder + file), 0)
  return [
    ...words.map(({ language, bytes }) => weighed('js', sum('js') + bytes, language)),
    weighed('css', sum('css')),
  ]
}

/**
 * @param {'js' | 'css'} kind
 * @param {number} bytes
 * @param {string} [language]
 */
function weighed(kind, bytes, language) {
  const budget = BUDGET[kind]
  return { kind, language, bytes, budget, fits: bytes > 0 && bytes <= budget }
}

/**
 * Weighs the scripts of a built page in English: those that a person in a room has loaded, and those that load later, on
 * first use.
 *
 * @param {string} folder
 */
export function weighRoom(folder) {
  const assets = `${folder}/assets/`
  const scripts = readdirSync(assets).filter((file) => file.endsWith('.js') && !OTHER_WORDS.test(file))
  const loaded = withImports(
    assets,
    scripts.filter((file) => /^(?:index|joined-room|words-en-(?:door|room))-/.test(file)),
  )
  /** @param {boolean} isLoaded */
  const sum = (isLoaded) =>
    scripts
      .filter((file) => loaded.includes(file) === isLoaded)
      .reduce((bytes, file) => bytes + gzipped(assets + file), 0)
  const loadedBytes = sum(true)
  return {
    loaded: loadedBytes,
    later: sum(false),
    budget: ROOM_BUDGET,
    fits: loadedBytes > 0 && loadedBytes <= ROOM_BUDGET,
  }
}

/**
 * Files and everything they import at once.
 *
 * @param {string} assets
 * @param {string[]} files
 */
function withImports(assets, files) {
  const loaded = new Set(files)
  for (const file of loaded) {
    // A lazy `import(...)` has a bracket and does not match.
    const needed = readFileSync(assets + file, 'utf8').matchAll(
      /(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+\.js)["'`]/g,
    )
    for (const [, name] of needed) if (name !== undefined) loaded.add(name)
  }
  return [...loaded]
}

/** @param {string} path */
function gzipped(path) {
  return gzipSync(readFileSync(path), { level: 9 }).length
}
