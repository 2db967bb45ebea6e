/**
 * The platform refuses to read or write: a day's rows are used up, or a disk is full. Unlike any other fault this is a
 * state that lasts, and no fault of the turn.
 */
export class StorageRefused extends Error {
  override readonly name = 'StorageRefused'
  /** The day's share is used up: it ends at 00:00 UTC. */
  readonly isDayUsedUp: boolean

  /** It has the platform's words: a caller in another object gets nothing else. */
  constructor(words: string, isDayUsedUp: boolean) {
    super(words)
    this.isDayUsedUp = isDayUsedUp
  }
}
