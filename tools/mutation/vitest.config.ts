import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** A mutant is gone with the first test that fails: the files that take longest come last. */
const LAST = [
  'test/unit/session/connection.test.ts',
  'test/unit/session/machine.test.ts',
  'test/unit/session/timeline.test.ts',
  'test/unit/room/flow-control.test.ts',
]
/** What every test of a room calls is tested best where it is tested alone. */
const FIRST = 'test/unit/room/text.test.ts'

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      moduleId.endsWith(FIRST) ? -2 : LAST.findIndex((file) => moduleId.endsWith(file))
    return files.toSorted((a, b) => place(a) - place(b) || a.moduleId.localeCompare(b.moduleId))
  }
}

/**
 * The quick tests of the pure core: those whose failing says which rule is broken. Left out are histories by the
 * hundred, which take seconds for each change, and the hash of the wire, which no rule touches.
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
    // Where texts are mutated, what fills 4 MiB takes a minute.
    testTimeout: 600_000,
    silent: true,
  },
})
