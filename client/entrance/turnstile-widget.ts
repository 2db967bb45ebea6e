/** What is used of Turnstile: https://developers.cloudflare.com/turnstile/get-started/client-side-rendering/ */
interface Turnstile {
  render(place: HTMLElement, options: Widget): string
}

interface Widget {
  sitekey: string
  language: string
  callback(token: string): void
  'error-callback'(): void
}

declare global {
  var turnstile: Turnstile | undefined
}

const SCRIPT = 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit'

/** Shows the challenge in a place of the page, and resolves with the token of whoever passes it. */
export async function askTurnstile(place: HTMLElement, sitekey: string): Promise<string> {
  const turnstile = await loadTurnstile()
  return new Promise((resolve, reject) => {
    turnstile.render(place, {
      sitekey,
      language: document.documentElement.lang,
      callback: resolve,
      'error-callback': () => reject(new Error('Turnstile cannot ask')),
    })
  })
}

function loadTurnstile(): Promise<Turnstile> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = SCRIPT
    script.onload = () => {
      if (globalThis.turnstile) resolve(globalThis.turnstile)
      else reject(new Error('Turnstile is not there'))
    }
    script.onerror = () => reject(new Error('Turnstile could not be loaded'))
    document.head.append(script)
  })
}
