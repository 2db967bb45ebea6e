import { CHALLENGE_PATH, parseRoomName, roomPath } from '../../src/protocol/names.ts'

const KEY = 'hallway:challenged'

/** Goes where one shows that one is a person, and knows the way back: in this tab only, and not in the address. */
export function goToChallenge(room: string): void {
  try {
    sessionStorage.setItem(KEY, `${room} ${location.hash}`)
  } catch {
    // Without storage it leads to the front page.
  }
  // Another policy holds there, so it is loaded.
  location.assign(CHALLENGE_PATH)
}

/** The room whose door asked. */
export function roomToReturnTo(): { path: string; hash: string } | undefined {
  try {
    const [named = '', hash = ''] = (sessionStorage.getItem(KEY) ?? '').split(' ')
    const room = parseRoomName(named)
    return room === undefined ? undefined : { path: roomPath(room), hash }
  } catch {
    return undefined
  }
}
