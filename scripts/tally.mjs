// A reporter for vitest: writes down how a run ended, and ends a run that hangs.
import { writeFileSync } from 'node:fs'

/** @import { Reporter, SerializedError, TestModule } from 'vitest/node' */

/**
 * How a run ended. A file that does not load, or a hook that throws, is a failure without a test name.
 *
 * @typedef {{ project: string, file: string, name: string, error: string }} Failure
 * @typedef {{ passed: number, skipped: number, failures: Failure[] }} Result
 */

/** The exit code of a run that hung. */
export const HUNG = 75

/** The environment variable with the path of the result file. */
export const RESULT_FILE = 'TALLY_RESULT'

/** Longer than any single test or start of a server takes: a run that stalls this long will not end by itself. */
const STALLED_MINUTES = Number(process.env.STALLED_MINUTES ?? 8)
/** Many times a whole run: ends one in which test after test waits until its timeout. */
const MOST_MINUTES = 60
const MINUTE_MS = 60_000
/** Once every file has ended, vitest takes far less than this to end too. */
const ENDING_MS = 30_000

/** @implements {Reporter} */
export default class Tally {
  /** @type {Map<string, string>} The test that started last, for each file that runs. */
  #running = new Map()
  /** @type {NodeJS.Timeout | undefined} */
  #stalled
  /** @type {import('vitest/node').Vitest | undefined} */
  #vitest
  #files = 0
  /** @type {TestModule[]} */
  #ended = []

  /** @param {import('vitest/node').Vitest} vitest */
  onInit(vitest) {
    this.#vitest = vitest
    setTimeout(
      () => this.#end(`Not finished after ${MOST_MINUTES} minutes`),
      MOST_MINUTES * MINUTE_MS,
    ).unref()
    this.#goesOn()
  }

  /** @param {readonly unknown[]} files */
  onTestRunStart(files) {
    this.#files = files.length
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
    this.#ended.push(module)
    this.#goesOn()
    if (this.#ended.length === this.#files) this.#expectEnd()
  }

  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly SerializedError[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    clearTimeout(this.#stalled)
    this.#writeDown(modules, unhandledErrors)
  }

  /**
   * Now and then a Worker's file never stops after its last test, and vitest waits for it for ever. By then everything is
   * known.
   */
  #expectEnd() {
    clearTimeout(this.#stalled)
    this.#stalled = setTimeout(() => {
      console.error('Every file has ended, but vitest has not. Its results count.')
      const errors = /** @type {SerializedError[]} */ (this.#vitest?.state.getUnhandledErrors() ?? [])
      const { failures } = this.#writeDown(this.#ended, errors)
      // vitest would have told them at its end.
      for (const { file, name, error } of failures) console.error(`${file} > ${name}\n${error}`)
      process.exit(failures.length > 0 ? 1 : 0)
    }, ENDING_MS)
  }

  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly SerializedError[]} unhandledErrors
   */
  #writeDown(modules, unhandledErrors) {
    /** @type {Result} */
    const result = { passed: 0, skipped: 0, failures: [] }
    for (const module of modules) {
      const { project, relativeModuleId: file } = module
      /** @type {(name: string, errors: readonly SerializedError[]) => void} */
      const fail = (name, errors) => {
        const error = errors.map(({ message }) => message).join('\n')
        result.failures.push({ project: project.name ?? '', file, name, error })
      }
      const before = result.failures.length
      for (const test of module.children.allTests()) {
        const { state, errors = [] } = test.result()
        if (state === 'passed') result.passed += 1
        else if (state === 'failed') fail(test.fullName, errors)
        else result.skipped += 1
      }
      if (module.state() === 'failed' && result.failures.length === before) fail('', module.errors())
    }
    for (const { message } of unhandledErrors)
      result.failures.push({ project: '', file: '', name: message, error: message })
    const file = process.env[RESULT_FILE]
    if (file !== undefined) writeFileSync(file, JSON.stringify(result))
    return result
  }

  /** vitest's own time limits cannot end a test that blocks its process. */
  #goesOn() {
    clearTimeout(this.#stalled)
    const stalled = () => this.#end(`No test started or ended for ${STALLED_MINUTES} minutes`)
    this.#stalled = setTimeout(stalled, STALLED_MINUTES * MINUTE_MS)
  }

  /** @param {string} why */
  #end(why) {
    console.error(`${why}. Still running:`)
    for (const [file, test] of this.#running) console.error(`  ${file}: ${test}`)
    process.exit(HUNG)
  }
}
