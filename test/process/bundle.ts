import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type Bundle, bundleWorker } from '../../tools/workerd.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    bundle: Bundle
  }
}

/** Bundles the Worker once for all process tests, and deletes it and their rooms afterwards. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'hallway-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  project.provide('bundle', bundleWorker(folder))
  return remove
}
