/** Who can join: anyone with the address, invited people, or the two people of a private room. */
export const ACCESS_KINDS = ['open', 'invite', 'private'] as const
export type AccessKind = (typeof ACCESS_KINDS)[number]
