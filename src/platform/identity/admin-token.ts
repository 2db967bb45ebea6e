/** A secret that is shorter is none: it could be guessed. */
const LEAST_LENGTH = 24

/** The operator's secret; without it there is no index of rooms and no admin API. */
export function adminTokenOf({ ADMIN_TOKEN = '' }: { ADMIN_TOKEN?: string }): string | undefined {
  return ADMIN_TOKEN.length < LEAST_LENGTH ? undefined : ADMIN_TOKEN
}
