import { CLOSE, type ErrorCode, ruleOf } from '../../src/protocol/error-rules.ts'
import type { ConnectionProblem } from './machine.ts'

/** What a connection does after a close. */
export type AfterClose =
  /** Reconnects with backoff. */
  | { kind: 'retry' }
  /** Reconnects at once if the connection was steady: the server is well. */
  | { kind: 'resume' }
  /** Reconnects no sooner than the backoff's cap: this client asked too much of the server. */
  | { kind: 'pause' }
  | { kind: 'fatal'; problem: ConnectionProblem }

const BY_CODE: ReadonlyMap<number, AfterClose> = new Map([
  [CLOSE.slowReader, { kind: 'resume' }],
  [CLOSE.silent, { kind: 'resume' }],
  [CLOSE.tooLarge, { kind: 'resume' }],
  [CLOSE.policy, { kind: 'pause' }],
  [CLOSE.flood, { kind: 'pause' }],
  [CLOSE.refused, fatal('forbidden')],
  [CLOSE.erased, { kind: 'fatal', problem: { code: 'erased', message: '' } }],
  [CLOSE.otherVersion, fatal('version-unsupported')],
])

/** The error that came just before explains a close if the error table gives it this close code. */
export function afterClose(code: number, error: ConnectionProblem | undefined): AfterClose {
  if (error !== undefined) {
    const rule = ruleOf(error.code)
    if (rule.remedy === 'fatal' && rule.close === code) return { kind: 'fatal', problem: error }
  }
  return BY_CODE.get(code) ?? { kind: 'retry' }
}

function fatal(code: ErrorCode): AfterClose {
  return { kind: 'fatal', problem: { code, message: '' } }
}
