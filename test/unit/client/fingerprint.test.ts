import { expect, it } from 'vitest'
import { fingerprintOf } from '../../../client/moderation/fingerprint.ts'
import { derivePersonId } from '../../../src/platform/identity/ids.ts'

it('[FP1] a person has one fingerprint in a room, another elsewhere, and shares it with nobody', async () => {
  const mark = async (session: string, room: string) => fingerprintOf(await derivePersonId(session, room))
  const ann = await mark('ann', 'kitchen')
  expect(ann).toMatch(/^[a-z2-7]{4} [a-z2-7]{4}$/)
  expect(await mark('ann', 'kitchen')).toBe(ann)
  expect(new Set([ann, await mark('ann', 'hall'), await mark('ben', 'kitchen')]).size).toBe(3)
})
