import { roomPath } from '../../src/protocol/names.ts'

/** The fragment's `m`: the `seq` of a message. Other keys may stand beside it. */
export function messageInFragment(fragment: string): number | undefined {
  const named = read(fragment).get('m')
  return named !== null && /^[1-9]\d{0,14}$/.test(named) ? Number(named) : undefined
}

/** The fragment's `k`: the secret of an invite link. */
export function secretInFragment(fragment: string): string | undefined {
  return read(fragment).get('k') || undefined
}

/** The fragment without the secret. */
export function withoutSecret(fragment: string): string {
  const params = read(fragment)
  params.delete('k')
  const left = params.toString()
  return left === '' ? '' : `#${left}`
}

/** The address of a message. */
export function messagePath(room: string, seq: number): string {
  return `${roomPath(room)}#m=${seq}`
}

function read(fragment: string): URLSearchParams {
  return new URLSearchParams(fragment.replace(/^#/, ''))
}
