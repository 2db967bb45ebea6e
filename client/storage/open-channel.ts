/** A channel to other tabs; undefined where the browser has none, or refuses it, as with cookies blocked. */
export function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name)
  } catch {
    return undefined
  }
}
