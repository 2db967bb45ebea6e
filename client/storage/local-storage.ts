/** What this browser keeps between visits. Storage may be full, blocked or edited by hand: nothing here throws. */
const PREFIX = 'hallway:'

export function readLocal(key: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + key) ?? undefined
  } catch {
    return undefined
  }
}

/** An empty text is not worth keeping. */
export function writeLocal(key: string, text: string) {
  try {
    if (text === '') localStorage.removeItem(PREFIX + key)
    else localStorage.setItem(PREFIX + key, text)
  } catch {
    // Without storage the page works all the same, and forgets.
  }
}
