import { readLocal, writeLocal } from './local-storage.ts'

const KEY = 'emoji'
const MOST = 16

/** The emoji that were chosen last in this browser, the latest first. */
export function recentEmoji(): string[] {
  return (readLocal(KEY) ?? '').split(' ').filter((sign) => sign !== '')
}

export function rememberEmoji(sign: string): void {
  const others = recentEmoji().filter((one) => one !== sign)
  writeLocal(KEY, [sign, ...others].slice(0, MOST).join(' '))
}
