import { join } from 'node:path'
import { type Bundle, bundleWorker, startWorkerd } from '../../tools/workerd.mjs'
import type { System } from './system.ts'

/**
 * A Worker on workerd alone, with the product's settings. `main` is the path from the root of its `worker.ts`, by default
 * the product's. `vars` override those of wrangler.toml.
 */
export function workerdSystem(
  options: Pick<System, 'name' | 'title' | 'dialect' | 'fills'> & {
    bundles: string
    main?: string
    vars?: Record<string, string>
  },
): System {
  const { bundles, main, vars, ...system } = options
  let bundle: Bundle | undefined
  return {
    ...system,
    prepare() {
      bundle ??= bundleWorker(join(bundles, system.name), main)
    },
    async start({ data, command }) {
      if (bundle === undefined) throw new Error(`${system.name} was not prepared`)
      return startWorkerd(bundle, { rooms: data, command: [...command], ...(vars ? { vars } : {}) })
    },
  }
}
