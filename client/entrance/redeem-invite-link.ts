import { type ApiProblem, ask, askFacts } from '../net/api.ts'
import { secretInFragment, withoutSecret } from '../routing/fragment.ts'

/**
 * Redeems the secret in the address and removes it from the address bar. The browser's own history may keep it: what
 * protects the room is that a link is spent or expires. A person who has redeemed a link before may join the room although
 * the link is spent: so after a refusal, this asks whether the room lets them in. Returns why not.
 */
export async function redeemInviteLink(room: string): Promise<ApiProblem | undefined> {
  const secret = secretInFragment(location.hash)
  const answer = await ask(`/api/rooms/${room}/links/redeem`, 'POST', { secret })
  if (answer === undefined) return { code: 'unreachable', message: '' }
  history.replaceState(history.state, '', location.pathname + withoutSecret(location.hash))
  if (answer.ok) return undefined
  const facts = await askFacts(room)
  if (facts?.kind !== 'problem') return undefined
  return facts.problem.code === 'not-found' ? { code: 'link-spent', message: '' } : facts.problem
}
