import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** The first has no user interface that could be drawn, and takes about half the time for a page. */
const NAMES = [
  ...['chromium-headless-shell', 'chrome-headless-shell'],
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
]
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** Chromium's sandbox refuses to run as root, as tests may. The other flags keep it off the network. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The Chromium that CHROMIUM names, or the first on this machine. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin']
  const places = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), MAC]
  return places.find(isExecutable)
}

/** Long enough to read what will be installed, and to press Ctrl-C. */
const READING_MS = 10_000

/** Finds a Chromium, or says so and installs Debian's; else ends the process and says what is missing. */
export async function ensureChromium({
  find = findChromium,
  canInstall = isDebianRoot,
  install = installFromDebian,
  wait = (/** @type {number} */ ms) => sleep(ms),
} = {}) {
  const found = find()
  if (found !== undefined) return found
  if (canInstall()) {
    console.log(
      'Chromium is missing: apt-get installs the system package "chromium-headless-shell" in ten seconds.\n' +
        'To prevent that, press Ctrl-C and set CHROMIUM to the path of a browser.',
    )
    await wait(READING_MS)
    install()
  }
  const installed = find()
  if (installed !== undefined) return installed
  console.error(
    'Chromium is missing. Install the package "chromium-headless-shell" or "chromium", or set CHROMIUM to the path of one.',
  )
  process.exit(1)
}

function isDebianRoot() {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0
}

/** A slow mirror or another installation may block apt-get: it tries again, but does not wait for ever. */
const PATIENT = ['Acquire::Retries=3', 'Acquire::http::Timeout=30', 'DPkg::Lock::Timeout=300']
const INSTALLATION_MS = 10 * 60_000

function installFromDebian() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = PATIENT.flatMap((option) => ['-o', option])
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', 'chromium-headless-shell'],
  ]) {
    const { status, stdout, stderr } = spawnSync('apt-get', [...options, ...args], {
      env,
      encoding: 'utf8',
      timeout: INSTALLATION_MS,
      killSignal: 'SIGKILL',
    })
    if (status !== 0) console.error(stdout, stderr)
  }
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
