import { readLocal, writeLocal } from './local-storage.ts'

/** Another mark for each identity in this browser, absent for the first. */
const KEY = 'identity'
/** Follows the mark until the data of the identity before is deleted. */
const DUE = ' due'
/** The mark under its full name, in localStorage and, for what a tab keeps for itself, in sessionStorage. */
export const IDENTITY_MARK = 'hallway:identity'

/** Each page that may store something of its identity holds this as long as it lives. */
export const IDENTITY_LOCK = 'hallway-identity'

const followers = new Set<() => void>()
let known: string | undefined

/** Follows the identity in this browser, from the start of a page. Another one ends the page. */
export function followIdentity(): void {
  setKnown(markNow())
  const look = () => {
    if (markNow() !== known) end()
  }
  addEventListener('storage', look)
  // A page that the browser had set aside heard nothing meanwhile.
  addEventListener('pageshow', look)
}

/** Calls `run` when this page ends because its identity does. */
export function whenIdentityEnds(run: () => void): void {
  followers.add(run)
}

/** Ends all pages of this browser, this one too: they act for the identity that was here. */
export function endIdentity(): void {
  markDue()
  end()
}

/** Ends all other pages of this browser. This one shows nothing of the identity that was here. */
export function replaceIdentity(): void {
  markDue()
  setKnown(markNow())
}

/** Whether the data of the identity before is still to be deleted, before a page shows anything of it. */
export function isDeletionDue(): boolean {
  return readLocal(KEY)?.endsWith(DUE) ?? false
}

export function markDeleted(): void {
  writeLocal(KEY, markNow() ?? '')
}

function markDue(): void {
  writeLocal(KEY, Math.random().toString(36).slice(2) + DUE)
}

function markNow(): string | undefined {
  return readLocal(KEY)?.split(' ', 1).join()
}

/** What the tab keeps for itself goes with the identity, too. */
function setKnown(mark: string | undefined): void {
  known = mark
  try {
    if ((sessionStorage.getItem(IDENTITY_MARK) ?? undefined) === mark) return
    sessionStorage.clear()
    if (mark !== undefined) sessionStorage.setItem(IDENTITY_MARK, mark)
  } catch {
    // Without storage the tab keeps nothing.
  }
}

function end(): void {
  for (const run of followers) run()
}
