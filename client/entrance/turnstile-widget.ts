/** The part of Turnstile that is used: https://developers.cloudflare.com/turnstile/get-started/client-side-rendering/ */
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

/** Shows the challenge in this element. Resolves with the token once it is passed. */
export async function askTurnstile(place: HTMLElement, sitekey: string): Promise<string> {
  const turnstile = await loadTurnstile()
  return new Promise((resolve, reject) => {
    turnstile.render(place, {
      sitekey,
      language: document.documentElement.lang,
      callback: resolve,
      'error-callback': () => reject(new Error('Turnstile failed')),
    })
  })
}

function loadTurnstile(): Promise<Turnstile> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = SCRIPT
    script.onload = () => {
      if (globalThis.turnstile) resolve(globalThis.turnstile)
      else reject(new Error('Turnstile is missing'))
    }
    script.onerror = () => reject(new Error('Turnstile could not be loaded'))
    document.head.append(script)
  })
}
