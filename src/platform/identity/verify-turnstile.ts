const SITEVERIFY = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'
const TIMEOUT_MS = 10_000

/** Whether Turnstile gave this token to a person. Throws if Turnstile cannot be reached. */
export async function verifyTurnstile(token: string, secret: string): Promise<boolean> {
  const answer = await fetch(SITEVERIFY, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ secret, response: token }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (answer.status >= 500) throw new Error('Turnstile does not answer')
  const { success } = await answer.json<{ success?: unknown }>()
  return success === true
}
