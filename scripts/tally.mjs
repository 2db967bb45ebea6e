// A reporter for vitest: closes a run with one plain line of counts, and ends one that hangs.

/** @import { Reporter, SerializedError, TestModule } from 'vitest/node' */

/** Longer than any one test may take, and than a server to start: after it, what runs will not end by itself. */
const STALLED_MINUTES = 15
/** Many times what all of it takes: where each test waits for what never comes. */
const MOST_MINUTES = 60
const MINUTE_MS = 60_000

/** @implements {Reporter} */
export default class Tally {
  /** @type {Map<string, string>} What runs, file by file: the test that was begun last. */
  #running = new Map()
  /** @type {NodeJS.Timeout | undefined} */
  #stalled

  onInit() {
    setTimeout(() => this.#end(`Not done after ${MOST_MINUTES} minutes`), MOST_MINUTES * MINUTE_MS).unref()
    this.#goesOn()
  }

  /** @param {TestModule} module */
  onTestModuleStart(module) {
    this.#running.set(module.moduleId, 'no test yet')
    this.#goesOn()
  }

  /** @param {import('vitest/node').TestCase} test */
  onTestCaseReady(test) {
    this.#running.set(test.module.moduleId, test.fullName)
    this.#goesOn()
  }

  onTestCaseResult() {
    this.#goesOn()
  }

  /** @param {TestModule} module */
  onTestModuleEnd(module) {
    this.#running.delete(module.moduleId)
    this.#goesOn()
  }

  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly SerializedError[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    clearTimeout(this.#stalled)
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state)
      for (const state of states) counts[state] += 1
      // A file that does not load, or a hook that throws, is a failure of no test.
      if (module.state() === 'failed' && !states.includes('failed')) counts.failed += 1
    }
    const flaky = modules.flatMap((module) =>
      [...module.children.allTests()].filter((test) => test.diagnostic()?.flaky),
    )
    for (const test of flaky)
      console.log(`At a second try only: ${test.module.relativeModuleId} > ${test.fullName}`)
    const skipped = counts.skipped + counts.pending
    const closing = skipped > 0 ? `, ${skipped} skipped` : ''
    console.log(`${counts.passed} passed, ${counts.failed} failed${closing}`)
  }

  /** A test that blocks its own process is ended by no time limit of vitest's. */
  #goesOn() {
    clearTimeout(this.#stalled)
    const stalled = () => this.#end(`Nothing began or ended for ${STALLED_MINUTES} minutes`)
    this.#stalled = setTimeout(stalled, STALLED_MINUTES * MINUTE_MS)
  }

  /** @param {string} why */
  #end(why) {
    console.error(`${why}. What runs:`)
    for (const [file, test] of this.#running) console.error(`  ${file}: ${test}`)
    process.exit(1)
  }
}
