// A reporter for vitest: closes a run with one plain line of counts.

/** @import { Reporter, SerializedError, TestModule } from 'vitest/node' */

/** @implements {Reporter} */
export default class Tally {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly SerializedError[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state)
      for (const state of states) counts[state] += 1
      // A file that does not load, or a hook that throws, is a failure of no test.
      if (module.state() === 'failed' && !states.includes('failed')) counts.failed += 1
    }
    const skipped = counts.skipped + counts.pending
    const closing = skipped > 0 ? `, ${skipped} skipped` : ''
    console.log(`${counts.passed} passed, ${counts.failed} failed${closing}`)
  }
}
