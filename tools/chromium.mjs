import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
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

/** Finds a Chromium or installs Debian's; else ends the process and says what is missing. */
export function ensureChromium() {
  const found = findChromium()
  if (found !== undefined) return found
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) installFromDebian()
  const installed = findChromium()
  if (installed !== undefined) return installed
  console.error('Chromium is missing. Install the package "chromium", or set CHROMIUM to the path of one.')
  process.exit(1)
}

/** A slow mirror or another installation may block apt-get: it tries again, but does not wait for ever. */
const PATIENT = ['Acquire::Retries=3', 'Acquire::http::Timeout=30', 'DPkg::Lock::Timeout=300']
const INSTALLATION_MS = 10 * 60_000

function installFromDebian() {
  console.log('Installing Chromium with apt-get ...')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = PATIENT.flatMap((option) => ['-o', option])
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', 'chromium'],
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
