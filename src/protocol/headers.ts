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
  // Names the one script that is no module of the page: its service worker.
  'trusted-types': 'hallway-shell',
} as const

/**
 * The headers of every answer, by the Worker or straight from the assets. No inline script or style, nothing
 * from elsewhere, and no string ever becomes code or markup (Trusted Types, whose one policy knows a single address).
 */
export const securityHeaders = {
  'Content-Security-Policy': directives(POLICY),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': denied([
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

const { 'require-trusted-types-for': _for, 'trusted-types': _none, ...POLICY_WITHOUT_TYPES } = POLICY
const TURNSTILE = 'https://challenges.cloudflare.com'

/**
 * The policy of the one page that runs Turnstile's script, where an operator asks for it. Whether that script keeps to
 * Trusted Types is not ours to say; nothing that anyone wrote is ever on that page.
 */
export const challengePolicy = directives({
  ...POLICY_WITHOUT_TYPES,
  'script-src': `'self' ${TURNSTILE}`,
  'frame-src': TURNSTILE,
})

/** A file under /assets/ bears a hash of its content in its name; a page names the newest of them. */
export const cacheControl = {
  hashed: 'public, max-age=31536000, immutable',
  page: 'no-cache',
} as const

function directives(table: Record<string, string>): string {
  return Object.entries(table)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

function denied(features: readonly string[]): string {
  return features.map((feature) => `${feature}=()`).join(', ')
}
