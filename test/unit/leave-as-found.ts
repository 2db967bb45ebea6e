import { afterAll, vi } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'

// Files share a process, so each leaves it as it found it, and the next one loads its modules afresh.
const shipped = { ...LIMITS }
afterAll(() => {
  Object.assign(LIMITS, shipped)
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.resetModules()
})
