import { expect, test } from 'vitest'
import { doorEn } from '../../../client/i18n/en/door.ts'
import { ERRORS } from '../../../src/protocol/errors.ts'

const fatal = Object.entries(ERRORS).flatMap(([code, { remedy }]) => (remedy === 'fatal' ? [code] : []))
/** A page with such an address is not a room's. */
const NEVER_MET = 'room-invalid'
const pages: Readonly<Record<string, { title: string; text: string; more: string }>> = doorEn.closed.pages

test.each([...fatal.filter((code) => code !== NEVER_MET), 'not-found', 'erased', 'unreachable', 'other'])(
  '[CS1] the closed page for %j says why, and what to do',
  (code) => {
    const words = pages[code]
    expect(words?.title).toBeTruthy()
    expect(words?.text).toBeTruthy()
    // A page that is too old has a button that says it.
    if (code !== 'version-unsupported') expect(words?.more).toBeTruthy()
  },
)
