/** A shorter secret could be guessed, and is ignored. */
const MIN_LENGTH = 24

/** The operator's secret. Without it there is no index of rooms and no admin API. */
export function adminTokenOf({ ADMIN_TOKEN = '' }: { ADMIN_TOKEN?: string }): string | undefined {
  return ADMIN_TOKEN.length < MIN_LENGTH ? undefined : ADMIN_TOKEN
}
