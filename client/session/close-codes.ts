import { CLOSE, ERRORS, type ErrorCode, ruleOf } from '../../src/protocol/errors.ts'
import type { ConnectionProblem } from './machine.ts'

/** What a connection does about a close, told by its code and by the error that came just before it. */
export type AfterClose =
  /** Reconnect with backoff. */
  | { kind: 'again' }
  /** Nothing is wrong with the server: reconnect at once, if the connection had been steady. */
  | { kind: 'resume' }
  /** This client was too much for the server: come back no sooner than the backoff's cap. */
  | { kind: 'later' }
  | { kind: 'fatal'; problem: ConnectionProblem }

const RULES: ReadonlyMap<number, AfterClose> = new Map([
  [CLOSE.slowReader, { kind: 'resume' }],
  [CLOSE.silent, { kind: 'resume' }],
  [CLOSE.tooLarge, { kind: 'resume' }],
  [CLOSE.policy, { kind: 'later' }],
  [CLOSE.flood, { kind: 'later' }],
  [4403, fatal('forbidden')],
  [CLOSE.erased, { kind: 'fatal', problem: { code: 'erased', message: '' } }],
  [4400, fatal('version-unsupported')],
])

export function afterClose(code: number, error: ConnectionProblem | undefined): AfterClose {
  if (error !== undefined) {
    const rule = ruleOf(error.code)
    if (rule.remedy === 'fatal' && rule.close === code) return { kind: 'fatal', problem: error }
  }
  return RULES.get(code) ?? { kind: 'again' }
}

function fatal(code: ErrorCode): AfterClose {
  return { kind: 'fatal', problem: { code, message: ERRORS[code].message } }
}
