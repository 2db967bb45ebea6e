import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** It runs as root where tests do, and calls nobody. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The Chromium of this machine: the one CHROMIUM names, or the first that is found. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin']
  const places = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), MAC]
  return places.find(isExecutable)
}

/** Finds a Chromium, or installs Debian's, or says what is missing. */
export function ensureChromium() {
  const found = findChromium()
  if (found !== undefined) return found
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) installFromDebian()
  const installed = findChromium()
  if (installed !== undefined) return installed
  console.error('The browser tests need Chromium: install the package "chromium", or name one in CHROMIUM.')
  process.exit(1)
}

/** Where a mirror or somebody else's installation keeps it waiting, it tries again, and ends. */
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
