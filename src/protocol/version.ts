/**
 * The version of the wire. Within a version events and fields are only ever added, so any client of it can talk
 * to any server of it; a client that states another one in `userJoin` is refused with `version-unsupported`.
 */
export const PROTOCOL_VERSION = 1
