import { type ApiProblem, ask, askFacts } from '../net/api.ts'
import { secretInFragment, withoutSecret } from '../routing/fragment.ts'

/**
 * Shows the room the secret that stands in the address, and takes it out of there. A link that is none any more may
 * still lead to a room that one is let into: whoever used it before is. So the room is asked then.
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
