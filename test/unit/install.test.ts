import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { installPackages, root } from '../../tools/install.mjs'

interface LockedPackage {
  version?: string
  integrity?: string
  link?: boolean
  bin?: Record<string, string>
  os?: string[]
  cpu?: string[]
}

function packagesOf(folder: string): [string, LockedPackage][] {
  const { packages }: { packages: Record<string, LockedPackage> } = JSON.parse(
    readFileSync(`${root}${folder}package-lock.json`, 'utf8'),
  )
  return Object.entries(packages).filter(([path]) => path !== '')
}

let folder: string
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

it('[PK1] installing packages runs no script, which could fetch what no lockfile names', () => {
  folder = `${mkdtempSync(join(tmpdir(), 'hallway-install-'))}/`
  const about = { name: 'scripted', version: '1.0.0' }
  const scripts = { preinstall: 'touch ran', install: 'touch ran', postinstall: 'touch ran' }
  writeFileSync(`${folder}package.json`, JSON.stringify({ ...about, scripts }))
  writeFileSync(
    `${folder}package-lock.json`,
    JSON.stringify({ ...about, lockfileVersion: 3, requires: true, packages: { '': about } }),
  )
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  installPackages(folder)
  expect(existsSync(`${folder}ran`)).toBe(false)
  // The same for people who call npm by hand.
  writeFileSync(`${folder}.npmrc`, readFileSync(`${root}.npmrc`))
  spawnSync('npm', ['ci'], { cwd: folder })
  expect(existsSync(`${folder}ran`)).toBe(false)
})

it('[PK2] the lockfile pins a Node that wrangler runs on for each machine that the platform runs on', () => {
  const nodes = packagesOf('').filter(([, { bin }]) => bin?.node !== undefined)
  const machines = nodes.map(([, { os = [], cpu = [] }]) => `${os} ${cpu}`)
  expect(machines.toSorted()).toEqual(['darwin arm64', 'darwin x64', 'linux arm64', 'linux x64'])
  for (const [path, { version = '' }] of nodes) {
    const [major = 0, minor = 0] = version.split('.').map(Number)
    expect([path, major > 22 || (major === 22 && minor >= 12)]).toEqual([path, true])
  }
})

it.each(['', 'bench/', 'tools/mutation/'])(
  '[PK3] every package in the lockfile of %j has a hash',
  (where) => {
    const unpinned = packagesOf(where).filter(([, { integrity, link }]) => integrity === undefined && !link)
    expect(unpinned.map(([path]) => path)).toEqual([])
  },
)
