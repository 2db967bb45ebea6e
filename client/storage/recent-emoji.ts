import { readLocal, writeLocal } from './local-storage.ts'

const KEY = 'emoji'
const MOST = 16

/** The most recently chosen emoji in this browser, newest first. */
export function recentEmoji(): string[] {
  return (readLocal(KEY) ?? '').split(' ').filter((sign) => sign !== '')
}

export function rememberEmoji(sign: string): void {
  const others = recentEmoji().filter((one) => one !== sign)
  writeLocal(KEY, [sign, ...others].slice(0, MOST).join(' '))
}
