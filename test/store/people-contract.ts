import { describe, expect, it } from 'vitest'
import type { PersonRecord } from '../../src/room/model/room-record.ts'
import type { InStorage } from './storage.ts'

const ANN: PersonRecord = {
  by: 'ann',
  session: 's-ann',
  username: 'Ann',
  role: 'owner',
  seen: 1_000,
}
const BEN: PersonRecord = {
  by: 'ben',
  session: 's-ben',
  username: 'ANN',
  role: 'member',
  seen: 5,
}

/** People, pairs and invitations. `inRoom` gives the storage of a room without people. */
export function peopleContract(inRoom: InStorage): void {
  describe('people', () => {
    it('[ST23] are stored by their id', () =>
      inRoom((storage) => {
        const store = storage.open()
        store.savePerson(ANN)
        store.savePerson(BEN)
        const again = storage.open()
        expect([again.person('ann'), again.person('ben'), again.person('cleo')]).toEqual([
          ANN,
          BEN,
          undefined,
        ])
      }))

    it('[ST24] are found by their new name after a rename, and no longer by the old one', () =>
      inRoom((storage) => {
        const store = storage.open()
        store.savePerson(ANN)
        const renamed: PersonRecord = {
          ...ANN,
          username: 'Anna',
          role: 'moderator',
          seen: 2_000,
        }
        store.savePerson(renamed)
        const again = storage.open()
        expect(again.person('ann')).toEqual(renamed)
        expect([again.named('ann'), again.named('anna')]).toEqual([[], [renamed]])
      }))

    it('[ST44] are read as they are stored, after each way to change them', () =>
      inRoom((storage) => {
        const store = storage.open()
        const changes: ((ann: PersonRecord) => void)[] = [
          (ann) => store.savePerson({ ...ann, seen: 2_000 }),
          (ann) => store.saveStanding({ ...ann, mutedUntil: 9_000 }),
          () => store.saveRead('ann', 7, true),
          () => store.refuseStrangers('ann', true),
          () => store.removePerson('ann'),
        ]
        store.savePerson(ANN)
        for (const change of changes) {
          const before = store.person('ann')
          if (before) change(before)
          const after = store.person('ann')
          expect(after).not.toEqual(before)
          expect(after).toEqual(storage.open().person('ann'))
        }
      }))

    it('[ST45] are read as they are stored, after a transaction that failed', () =>
      inRoom((storage) => {
        const store = storage.open()
        store.savePerson(ANN)
        const work = () => {
          store.savePerson({ ...ANN, seen: 2_000 })
          expect(store.person('ann')?.seen).toBe(2_000)
          throw new Error('disk')
        }
        expect(() => store.transaction(work)).toThrow('disk')
        expect(store.person('ann')).toEqual(ANN)
      }))

    it('[ST31] have a read marker, which only moves forwards and outlasts a rename', () =>
      inRoom((storage) => {
        const store = storage.open()
        for (const person of [ANN, BEN]) store.savePerson(person)
        store.saveRead('ann', 7)
        store.saveRead('ann', 3)
        store.saveRead('cleo', 9)
        store.savePerson({ ...ANN, seen: 3_000 })
        store.savePerson({ ...ANN, username: 'Anna' })
        const again = storage.open()
        expect([again.person('ann')?.read, again.person('ben')?.read, again.person('cleo')]).toEqual([
          7,
          undefined,
          undefined,
        ])
      }))

    it('[ST32] have spoken from their first message on, whatever is saved later', () =>
      inRoom((storage) => {
        const store = storage.open()
        store.savePerson({ ...ANN, silent: true })
        store.saveRead('ann', 7)
        expect(storage.open().person('ann')).toMatchObject({ silent: true, read: 7 })
        store.saveRead('ann', 3, true)
        store.savePerson({ ...ANN, username: 'Anna', silent: true })
        expect(storage.open().person('ann')).toEqual({ ...ANN, username: 'Anna', read: 7 })
      }))

    it('[ST33] are found by their names as they are written and in small letters, under their present name only', () =>
      inRoom((storage) => {
        const store = storage.open()
        const greek = { ...ANN, username: 'ΗΑΝΝΑΗ' }
        store.savePerson(greek)
        const found = (username: string) => storage.open().named(username)
        expect([found('Hannah'), found('ηανναη')]).toEqual([[greek], [greek]])
        store.savePerson({ ...ANN, username: 'Nora' })
        expect([found('Hannah'), found('ηανναη'), found('nora').length]).toEqual([[], [], 1])
      }))

    it('[ST25] are all found if their names share a skeleton', () =>
      inRoom((storage) => {
        const store = storage.open()
        for (const person of [ANN, BEN, { ...ANN, by: 'cleo', username: 'Cleo' }]) store.savePerson(person)
        const named = storage.open().named('ann')
        expect(named.sort((one, other) => one.by.localeCompare(other.by))).toEqual([ANN, BEN])
      }))
  })

  describe('a pair', () => {
    it('[ST26] has one room, in either order of its two people', () =>
      inRoom((storage) => {
        const store = storage.open()
        store.savePair('ben', 'ann', 'theirs')
        store.savePair('cleo', 'dan', 'other')
        const again = storage.open()
        expect([again.pair('ann', 'ben'), again.pair('ben', 'ann')]).toEqual(['theirs', 'theirs'])
        expect([again.pair('cleo', 'dan'), again.pair('ann', 'cleo')]).toEqual(['other', undefined])
      }))
  })

  describe('an invitation of a pair', () => {
    const EARLIER = { room: 'theirs', inviter: 'Ben', inviterId: 'ben' }

    it('[ST41] is the record of the pair while it waits, and leaves it behind', () =>
      inRoom((storage) => {
        const store = storage.open()
        store.invite('ann', EARLIER)
        expect([store.pair('ann', 'ben'), store.pair('ben', 'ann')]).toEqual(['theirs', 'theirs'])
        expect(store.pair('ann', 'cleo')).toBeUndefined()
        store.uninvite('ann', 'theirs')
        const again = storage.open()
        expect([again.waiting('ann'), again.pair('ben', 'ann')]).toEqual([[], 'theirs'])
        expect(again.haveMet('ann', 'ben')).toBe(false)
      }))

    it('[ST42] may also stand beside a record of its own, as an earlier version stored it', () =>
      inRoom((storage) => {
        const store = storage.open()
        store.savePair('ben', 'ann', 'theirs')
        store.invite('ann', EARLIER)
        expect(store.pair('ann', 'ben')).toBe('theirs')
        store.saveMeeting('ann', 'ben', 'theirs')
        store.uninvite('ann', 'theirs')
        const again = storage.open()
        expect([again.pair('ann', 'ben'), again.haveMet('ben', 'ann')]).toEqual(['theirs', true])
      }))

    it('[ST43] ends as a record when one of the two is forgotten', () =>
      inRoom((storage) => {
        for (const one of ['ann', 'ben']) {
          const store = storage.open()
          store.invite('ann', EARLIER)
          store.removePerson(one)
          store.moderation.removeName(one)
          expect(store.pair('ann', 'ben')).toBeUndefined()
        }
      }))
  })

  describe('two people', () => {
    it('[ST39] have met once that is saved, in either order, and a pair alone is no meeting', () =>
      inRoom((storage) => {
        const store = storage.open()
        store.savePair('ben', 'ann', 'theirs')
        store.savePair('cleo', 'ann', 'other')
        expect(storage.open().haveMet('ann', 'ben')).toBe(false)
        store.saveMeeting('ann', 'ben', 'theirs')
        const again = storage.open()
        expect([again.haveMet('ann', 'ben'), again.haveMet('ben', 'ann')]).toEqual([true, true])
        expect([again.haveMet('ann', 'cleo'), again.haveMet('ann', 'dan')]).toEqual([false, false])
      }))
  })

  describe('an invitation', () => {
    it('[ST27] waits for the invited person until it is removed, one for each room', () =>
      inRoom((storage) => {
        const store = storage.open()
        store.invite('ann', { room: 'one', inviter: 'Ben' })
        store.invite('ann', { room: 'two', inviter: 'Cleo' })
        store.invite('ann', { room: 'one', inviter: 'Benedict' })
        store.invite('dan', { room: 'one', inviter: 'Ben' })
        const waiting = (by: string) =>
          new Map(
            storage
              .open()
              .waiting(by)
              .map((one) => [one.room, one.inviter]),
          )
        expect(waiting('ann')).toEqual(
          new Map([
            ['one', 'Benedict'],
            ['two', 'Cleo'],
          ]),
        )
        store.uninvite('ann', 'one')
        store.uninvite('ann', 'three')
        expect([...waiting('ann').keys()]).toEqual(['two'])
        expect([...waiting('dan').keys()]).toEqual(['one'])
        expect(waiting('ben').size).toBe(0)
      }))
  })
}
