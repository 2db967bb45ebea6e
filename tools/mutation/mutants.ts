import { readFileSync } from 'node:fs'
import { isAbsolute, relative } from 'node:path'
import { type MutantResult, Stryker } from '@stryker-mutator/core'
import { root } from '../install.mjs'

/** A change of one file, and whether a test failed because of it. */
export interface Mutant {
  file: string
  /** Counted from 1. */
  line: number
  mutator: string
  original: string
  replacement: string
  status: MutantResult['status']
}

/**
 * Makes every change to these files that Stryker knows, one after another, and runs the tests that reach it. No mutator
 * is excluded: strings and values that are made once at load are mutated too.
 */
export async function mutate(name: string, files: readonly string[], concurrency: number): Promise<Mutant[]> {
  const stryker = new Stryker({
    mutate: files,
    concurrency,
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'tools/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    reporters: ['json', ...(process.stdout.isTTY ? ['progress'] : [])],
    jsonReporter: { fileName: `coverage/mutation/${name}.json` },
    tempDirName: 'coverage/mutation/tmp',
    ignorePatterns: ['/.*', '/coverage', '/dist', '/docs', '/tools/mutation/node_modules'],
    disableTypeChecks: false,
    // Stryker reads it through an API that TypeScript 7 lacks.
    tsconfigFile: 'none',
    // Added to one and a half times what the tests take without a change.
    timeoutMS: 3_000,
    logLevel: 'warn',
  })
  return (await stryker.runMutationTest()).map(mutantOf)
}

function mutantOf({ fileName, location, mutatorName, replacement, status }: MutantResult): Mutant {
  const file = isAbsolute(fileName) ? relative(root, fileName) : fileName
  const { start, end } = location
  const lines = readFileSync(root + file, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line)
  lines.push((lines.pop() ?? '').slice(0, end.column - 1))
  lines.unshift((lines.shift() ?? '').slice(start.column - 1))
  return { file, line: start.line, mutator: mutatorName, original: lines.join('\n'), replacement, status }
}
