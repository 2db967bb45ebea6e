/** How long a room keeps its messages, the shortest first. */
export const RETENTIONS = ['7d', '30d', 'forever'] as const
export type Retention = (typeof RETENTIONS)[number]
