/**
 * The version of the wire. Within a version events, fields and codes are only ever added, so any client of it can talk
 * to any server of it. `userJoin` states it: none is version 1, another one is refused with `version-unsupported`.
 */
export const PROTOCOL_VERSION = 1
