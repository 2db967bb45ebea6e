// The part of Stryker in use, so that types can be checked without its packages.
declare module '@stryker-mutator/core' {
  export interface MutantResult {
    fileName: string
    mutatorName: string
    replacement: string
    status:
      | 'Killed'
      | 'Timeout'
      | 'Survived'
      | 'NoCoverage'
      | 'RuntimeError'
      | 'CompileError'
      | 'Ignored'
      | 'Pending'
    /** Lines and columns are counted from 1. */
    location: Record<'start' | 'end', { line: number; column: number }>
  }
  export class Stryker {
    constructor(options: object)
    runMutationTest(): Promise<MutantResult[]>
  }
}
