import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Figures } from './load/window.ts'

/** The results of a bench run, stored beside the report. */
export interface Results {
  about: About
  runs: Run[]
}

export interface About {
  commit: string
  date: string
  command: string
  cpu: string
  cores: number
  memoryGiB: number
  kernel: string
  pinned: boolean
  versions: Record<string, string>
  settings: Record<string, string>
}

/** One measurement. */
export interface Run {
  commit: string
  scenario: string
  title: string
  system: string
  systemTitle: string
  round: number
  figures: Figures
  series?: number[]
  /** The error, if the measurement has no figures. */
  failed?: string
}

const FILE = 'results.jsonl'

/**
 * Starts a file of results and returns a function that appends to it, so that an interrupted run keeps its results. With
 * `adding`, only those scenarios are replaced; the others keep their results and their commit.
 */
export function keepResults(folder: string, about: About, adding?: readonly string[]): (run: Run) => void {
  const path = join(folder, FILE)
  const before = adding ? readResults(folder) : { about, runs: [] }
  const kept = before.runs.filter(({ scenario }) => !adding?.includes(scenario))
  writeFileSync(path, [about, ...kept].map((line) => `${JSON.stringify(line)}\n`).join(''))
  return (run) => appendFileSync(path, `${JSON.stringify(run)}\n`)
}

export function readResults(folder: string): Results {
  const [about, ...runs] = readFileSync(join(folder, FILE), 'utf8').trimEnd().split('\n')
  return { about: JSON.parse(about ?? ''), runs: runs.map((run) => JSON.parse(run)) }
}
