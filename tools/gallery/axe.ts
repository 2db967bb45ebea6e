import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}

/** What axe holds against the page as it stands, a line for each node. */
export async function violationsOf(page: Page): Promise<string[]> {
  // What is evaluated comes from the debugger: the page's policy stays in force and has no say in it.
  await page.evaluate(`if (!('axe' in globalThis)) { ${axe.source} }`)
  const { violations } = await page.evaluate(
    (options) =>
      (globalThis as unknown as { axe: { run(on: Document, how: unknown): Promise<AxeResults> } }).axe.run(
        document,
        options,
      ),
    OPTIONS,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => {
      const [, ...why] = failureSummary.split('\n').map((line) => line.trim())
      return `${id}: ${target.join(' ')}: ${why.join('; ')}`
    }),
  )
}
