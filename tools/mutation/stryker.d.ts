// What is used of Stryker, so that types are checked where its packages are not installed.
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
