const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'worker-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  // A policy for each script that is no module of the page: its service worker and its highlighter.
  'trusted-types': 'hallway-shell hallway-highlighter',
} as const

/**
 * The headers of every response, from the Worker or straight from the assets. They allow no inline script or style and
 * nothing from other sites. Trusted Types let no string become code or markup. Each of their policies allows one address.
 */
export const securityHeaders = {
  'Content-Security-Policy': policyText(POLICY),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': deniedFeatures([
    'accelerometer',
    'autoplay',
    'browsing-topics',
    'camera',
    'display-capture',
    'encrypted-media',
    'fullscreen',
    'gamepad',
    'geolocation',
    'gyroscope',
    'hid',
    'identity-credentials-get',
    'idle-detection',
    'local-fonts',
    'magnetometer',
    'microphone',
    'midi',
    'otp-credentials',
    'payment',
    'picture-in-picture',
    'publickey-credentials-create',
    'publickey-credentials-get',
    'screen-wake-lock',
    'serial',
    'storage-access',
    'usb',
    'window-management',
    'xr-spatial-tracking',
  ]),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const

/**
 * Once a browser has been here over https it never asks over http again. For https only: over http browsers ignore it, so
 * the files may carry it always.
 */
export const transportSecurity = { 'Strict-Transport-Security': 'max-age=31536000' } as const

const { 'require-trusted-types-for': _for, 'trusted-types': _none, ...POLICY_WITHOUT_TYPES } = POLICY
const TURNSTILE = 'https://challenges.cloudflare.com'

/**
 * The policy of the one page that runs Turnstile's script, if an operator uses it. It leaves Trusted Types out, since
 * that script may not obey them. The page shows nothing that people wrote.
 */
export const challengePolicy = policyText({
  ...POLICY_WITHOUT_TYPES,
  'script-src': `'self' ${TURNSTILE}`,
  'frame-src': TURNSTILE,
})

/** The name of a file under /assets/ contains a hash of its content. A page names the newest files. */
export const cacheControl = {
  hashed: 'public, max-age=31536000, immutable',
  page: 'no-cache',
} as const

function policyText(table: Record<string, string>): string {
  return Object.entries(table)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

function deniedFeatures(features: readonly string[]): string {
  return features.map((feature) => `${feature}=()`).join(', ')
}
