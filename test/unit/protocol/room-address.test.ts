import { describe, expect, it } from 'vitest'
import { parseRoute } from '../../../client/routing/route.ts'
import { parseRoomAddress } from '../../../src/protocol/room-address.ts'

const HOST = 'hallway.example:8787'
const LONGEST = 'x'.repeat(64)

/** The paths of the room `my-room`. Each is also an address behind the host, and all but the slash may stand in a field. */
const PATHS = [
  '/r/my-room',
  '/r/my-room/',
  '/r/My-Room',
  '/R/MY-ROOM',
  '/r/my%2Droom',
  '/r/my%2droom/',
  '/r/%6Dy-room',
  '/r/my-room.',
  '/r/my-room%2E',
  '/r/my-room,',
  '/r/my-room)',
  '/r/my-room%3E',
  '/r/my-room**',
  '/r/my-room%E2%80%9D',
  '/r/my-room%E3%80%82',
  '/r/%20my-room%20',
  '/r/my-room%C2%A0',
  '/r/my-room%E2%80%8B',
  '/r/%EF%BB%BFmy-room%0A',
]

/** They lead to no room. */
const NO_ROOM = [
  '/r/',
  '/r',
  '/r/.',
  '/r/-a',
  '/r/a-',
  '/r/a-.',
  '/r/a_b',
  '/r/a.b',
  '/r/a/b',
  '/r/a%2Fb',
  '/r/a%20b',
  '/r/a%3Fb',
  '/r/a%23b',
  '/r/a%',
  '/r/%E0%A4%A',
  '/r/%2561',
  '/r/a%00',
  '/r/%C3%A4',
  '/r/a%CC%81',
  '/r/%E2%84%AA',
  '/r/r%C5%BF',
  `/r/${LONGEST}x`,
  '/r//a',
  '//elsewhere.example/r/a',
  '/elsewhere.example/r/a',
  '/main',
]

describe('the address of a room', () => {
  it.each(PATHS)('[RL1] %s leads to my-room, in the router too', (path) => {
    expect(parseRoomAddress(path)).toEqual({ room: 'my-room', fragment: '' })
    expect(parseRoute(path)).toEqual({ kind: 'room', room: 'my-room' })
    for (const text of [
      path.slice(1),
      `${HOST}${path}`,
      `https://${HOST}${path}`,
      `HTTP://${HOST.toUpperCase()}${path}`,
    ])
      expect([text, parseRoomAddress(text, HOST)]).toEqual([text, { room: 'my-room', fragment: '' }])
  })

  it.each(NO_ROOM)('[RL2] %s leads to no room, in the router neither', (path) => {
    expect(parseRoomAddress(path, HOST)).toBeUndefined()
    expect(parseRoute(path)).toEqual({ kind: 'nowhere' })
  })

  it.each([
    ['main', 'main', ''],
    [' Main ', 'main', ''],
    ['main.', 'main', ''],
    ['my%2Droom', 'my-room', ''],
    [LONGEST, LONGEST, ''],
    ['main#m=12', 'main', '#m=12'],
    [`https://${HOST}/r/main?utm_source=mail&b=/r/other`, 'main', ''],
    [`https://${HOST}/r/main/?utm_source=mail#m=12`, 'main', '#m=12'],
    [
      `https://${HOST}/r/${'q'.repeat(26)}#k=${'aB-_'.repeat(10)}aB-`,
      'q'.repeat(26),
      `#k=${'aB-_'.repeat(10)}aB-`,
    ],
    [`<https://${HOST}/r/main#k=aB-_&m=3>.`, 'main', '#k=aB-_&m=3'],
    [`\u2068https://${HOST}/r/main\u2069 `, 'main', ''],
    [`(“https://${HOST}/r/main”).`, 'main', ''],
  ])('[RL3] %j, typed or pasted, leads to %s with %j', (text, room, fragment) => {
    expect(parseRoomAddress(text, HOST)).toEqual({ room, fragment })
  })

  it.each([
    '',
    ' ',
    'no such room!',
    'ä',
    'https://elsewhere.example/r/main',
    `https://ann@${HOST}/r/main`,
    `https://${HOST}.elsewhere.example/r/main`,
    `ftp://${HOST}/r/main`,
    `https://${HOST}/`,
    `https://${HOST}/move#abc`,
    `https://${HOST}/api/rooms/main`,
    `javascript://${HOST}/r/main`,
  ])('[RL4] %j, typed or pasted, leads to no room of this host', (text) => {
    expect(parseRoomAddress(text, HOST)).toBeUndefined()
  })
})
