/** Whether someone of this role looks after the room. */
export function isModerator(role: string | undefined): boolean {
  return role === 'owner' || role === 'moderator'
}
