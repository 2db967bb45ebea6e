import { CHALLENGE_PATH, parseRoomName, roomPath } from '../../src/protocol/names.ts'

const KEY = 'hallway:challenged'

/** Opens the challenge page, and remembers the room to return to: in this tab only, and not in the address. */
export function goToChallenge(room: string): void {
  try {
    sessionStorage.setItem(KEY, `${room} ${location.hash}`)
  } catch {
    // Without storage the way back leads to the front page.
  }
  // That page has another Content-Security-Policy, so it must be loaded.
  location.assign(CHALLENGE_PATH)
}

/** The room that required the challenge. */
export function roomToReturnTo(): { path: string; hash: string } | undefined {
  try {
    const [named = '', hash = ''] = (sessionStorage.getItem(KEY) ?? '').split(' ')
    const room = parseRoomName(named)
    return room === undefined ? undefined : { path: roomPath(room), hash }
  } catch {
    return undefined
  }
}
