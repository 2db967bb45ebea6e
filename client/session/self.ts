import type { ClientFrame } from '../../src/protocol/client-frames.ts'
import type { Joined, ServerData } from '../../src/protocol/server-frames.ts'
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts'
import type { TimelinePosition } from './timeline.ts'

/** Who this person is in the room, as a value that each frame replaces. */
export interface Self {
  /** The newest `joined`, with the changes that the room sent since. */
  readonly joined?: Joined
  /** The name to join under: the room's, unless the person chose another. */
  readonly chosenName: string
  /** The name this connection joined under. A later rename does not change it. */
  readonly joinedAs: string
}

export function newSelf(username: string): Self {
  return { chosenName: username, joinedAs: '' }
}

/** `isRenaming`: the person chose another name after `userJoin` was sent, so the room's does not replace it. */
export function withJoined(self: Self, joined: Joined, isRenaming: boolean): Self {
  return {
    joined,
    chosenName: isRenaming ? self.chosenName : joined.username,
    joinedAs: joined.username,
  }
}

export function withChosenName(self: Self, username: string): Self {
  return { ...self, chosenName: username }
}

/** The room refused the chosen name: the old one stays. */
export function withRefusedName(self: Self): Self {
  return self.joined === undefined ? self : withChosenName(self, self.joined.username)
}

/** The room renamed someone, possibly this person. */
export function withRename(self: Self, person: { by: string; username: string }): Self {
  if (self.joined?.by !== person.by) return self
  const { username } = person
  return { ...self, joined: { ...self.joined, username }, chosenName: username }
}

/** The room's settings, or this person's standing in it, have changed since `joined`. */
export function withUpdate(self: Self, update: ServerData<'room'> | ServerData<'standing'>): Self {
  const { joined } = self
  if (joined === undefined) return self
  if (!('role' in update)) return { ...self, joined: { ...joined, ...update } }
  // A standing is whole: a mute, a block or a refusal that it does not name has ended.
  const { mutedUntil: _muted, blocked: _blocked, refusesStrangers: _refuses, ...rest } = joined
  return { ...self, joined: { ...rest, ...update } }
}

/** The first frame of a connection. `cursor` asks for a resume from there. */
export function joinFrame(
  { chosenName }: Self,
  { room, watch, cursor }: { room: string; watch: boolean; cursor: TimelinePosition | undefined },
): ClientFrame {
  return {
    event: 'userJoin',
    data: {
      username: chosenName,
      room,
      version: PROTOCOL_VERSION,
      ...(watch ? { watch } : {}),
      ...(cursor ? { after: cursor.seq, epoch: cursor.epoch } : {}),
      ...(cursor?.last === undefined ? {} : { last: cursor.last }),
    },
  }
}
