import { nodeSystem } from './node-system.ts'
import type { System } from './system.ts'
import { workerdSystem } from './workerd-system.ts'

/** Settings of the operator that raise the limits, so that the bench runs the product's full path and never meets one. */
export const RAISED_LIMITS = { RATE_BURST: '1000000', RATE_PER_SECOND: '1000000', ROOM_SOCKETS: '20000' }

/** Every system that a scenario can name. */
export function allSystems(bundles: string): System[] {
  return [
    workerdSystem({ name: 'hallway', title: 'Hallway', dialect: 'hallway', bundles, vars: RAISED_LIMITS }),
    workerdSystem({
      name: 'bare-insert',
      title: 'bare object + INSERT',
      dialect: 'object',
      bundles,
      main: 'bench/peers/object/worker.ts',
      vars: { STORES: 'yes' },
      fills: true,
    }),
    workerdSystem({
      name: 'bare',
      title: 'bare object',
      dialect: 'object',
      bundles,
      main: 'bench/peers/object/worker.ts',
    }),
    workerdSystem({
      name: 'gathering',
      title: 'bare object + INSERT, gathering',
      dialect: 'object',
      bundles,
      main: 'bench/peers/object/gathering/worker.ts',
      vars: { STORES: 'yes' },
      fills: true,
    }),
    workerdSystem({
      name: 'party',
      title: 'partyserver + SQL',
      dialect: 'party',
      bundles,
      main: 'bench/peers/party/worker.ts',
    }),
    nodeSystem({
      name: 'socketio',
      title: 'Socket.IO + SQLite',
      dialect: 'socketio',
      folder: 'socketio',
      fills: true,
    }),
    nodeSystem({ name: 'ws', title: 'ws, nothing stored', dialect: 'ws', folder: 'ws' }),
    workerdSystem({
      name: 'counting',
      title: 'Hallway, counting',
      dialect: 'hallway',
      bundles,
      main: 'bench/counting/worker.ts',
      vars: RAISED_LIMITS,
    }),
    nodeSystem({ name: 'blast-1', title: 'a message a frame', dialect: 'blast1', folder: 'blaster' }),
    nodeSystem({ name: 'blast-100', title: '100 messages a frame', dialect: 'blast100', folder: 'blaster' }),
    nodeSystem({
      name: 'blast-1600',
      title: '1600 messages a frame',
      dialect: 'blast1600',
      folder: 'blaster',
    }),
  ]
}
