import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}

/** The violations that axe finds on the page, a line for each node. */
export async function violationsOf(page: Page): Promise<string[]> {
  // The debugger runs this, so the page's content security policy does not block it and stays in force.
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
