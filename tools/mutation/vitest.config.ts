import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The first failing test ends a mutant, so the slowest files come last. */
const LAST = [
  'test/unit/session/connection.test.ts',
  'test/unit/session/machine.test.ts',
  'test/unit/session/timeline.test.ts',
  'test/unit/room/flow-control.test.ts',
]
/** Every room test calls text.ts; its own test is the quickest to fail. */
const FIRST = 'test/unit/room/text.test.ts'

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      moduleId.endsWith(FIRST) ? -2 : LAST.findIndex((file) => moduleId.endsWith(file))
    return files.toSorted((a, b) => place(a) - place(b) || a.moduleId.localeCompare(b.moduleId))
  }
}

/**
 * The quick tests of the pure core, whose failure says which rule is broken. Excluded are tests that play hundreds of
 * histories and take seconds for each mutant, and the hash of the wire, which no rule affects.
 */
export default defineConfig({
  test: {
    include: ['test/unit/{protocol,room,session}/**/*.test.ts'],
    exclude: [
      'test/unit/session/delivery.test.ts',
      'test/unit/room/presence-spread.test.ts',
      'test/unit/protocol/wire-hash.test.ts',
    ],
    setupFiles: ['tools/mutation/seed.ts'],
    isolate: false,
    sequence: { sequencer: QuickFirst },
    // With a mutant of text.ts, a test that fills 4 MiB takes a minute.
    testTimeout: 600_000,
    silent: true,
  },
})
