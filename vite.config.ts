import { createHash } from 'node:crypto'
import { defineConfig, type Plugin } from 'vite'
import { cacheControl, securityHeaders, transportSecurity } from './src/protocol/headers.ts'
import { LIMITS } from './src/protocol/limits.ts'

/** Marks the lazy imports that the service worker keeps from the start. It keeps other files once they are used. */
const OFFLINE_IMPORT = /import\(\/\* @offline \*\/ '([^']+)'\)/g

export default defineConfig({
  root: 'client',
  // Preact's JSX is set in client/tsconfig.json.
  plugins: [limitsInPlace(), headersFile(), shellWorker()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // README.md says so, and tools/newer-apis.txt lists what is newer.
    target: ['chrome111', 'firefox115', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // A slow machine is no fault of the build's.
      checks: { pluginTimings: false },
      input: { index: 'client/index.html', sw: 'client/pwa/service-worker.ts' },
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: ({ facadeModuleId }) => `assets/${wordsOf(facadeModuleId) ?? '[name]'}-[hash].js`,
      },
    },
  },
})

/** Puts each number in the place of its name, because the page uses few of them. */
function limitsInPlace(): Plugin {
  const limits = new Map<string, number>(Object.entries(LIMITS))
  return {
    name: 'hallway:limits-in-place',
    apply: 'build',
    transform: {
      order: 'pre',
      filter: { code: 'LIMITS.' },
      handler: (code) => ({
        code: code.replace(/\bLIMITS\.(\w+)/g, (text, name) => String(limits.get(name) ?? text)),
        map: null,
      }),
    },
  }
}

/** Writes the headers of the assets: https://developers.cloudflare.com/workers/static-assets/headers/ */
function headersFile(): Plugin {
  const rule = (path: string, headers: Record<string, string>) =>
    [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n')
  const page = { 'Cache-Control': cacheControl.page }
  return {
    name: 'hallway:headers',
    apply: 'build',
    generateBundle() {
      const source = [
        rule('/*', { ...securityHeaders, ...transportSecurity }),
        rule('/', page),
        rule('/index.html', page),
        rule('/sw.js', page),
        rule('/assets/*', { 'Cache-Control': cacheControl.hashed }),
      ].join('\n')
      this.emitFile({ type: 'asset', fileName: '_headers', source })
    },
  }
}

/** Names a dictionary by language and area, because every language has files of the same names. */
function wordsOf(module: string | null | undefined): string | undefined {
  const [, language, area] = module?.match(/\/i18n\/(\w+)\/(\w+)\.ts$/) ?? []
  return language && `words-${language}-${area}`
}

const ICONS = ['/favicon.svg', '/favicon-news.svg', '/hallway.webmanifest', '/icon-192.png']

/** Gives the service worker the build's id and the files that the page needs offline. */
function shellWorker(): Plugin {
  const needed = new Set<string | null>()
  return {
    name: 'hallway:shell-worker',
    apply: 'build',
    transform: {
      order: 'pre',
      filter: { code: '@offline' },
      async handler(code, importer) {
        for (const [, path = ''] of code.matchAll(OFFLINE_IMPORT)) {
          const module = await this.resolve(path, importer)
          if (module) needed.add(module.id)
        }
      },
    },
    generateBundle: {
      // Once Vite has removed the chunks that held only styles.
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? [output] : []))
        const parts = new Set<string>()
        const take = (file: string) => {
          const chunk = chunks.find(({ fileName }) => fileName === file)
          if (chunk === undefined || parts.has(file)) return
          parts.add(file)
          for (const css of chunk.viteMetadata?.importedCss ?? []) parts.add(css)
          for (const needed of chunk.imports) take(needed)
        }
        const worker = chunks.find(({ fileName }) => fileName === 'sw.js')
        if (worker === undefined) this.error('This build has no service worker')
        for (const { name, fileName, facadeModuleId } of chunks) {
          if (name === 'index' || needed.has(facadeModuleId)) take(fileName)
        }
        const paths = [...[...parts].map((file) => `/${file}`).sort(), ...ICONS]
        const all = Object.keys(bundle).sort().join()
        const build = createHash('sha256').update(all).digest('hex').slice(0, 12)
        worker.code = `const PARTS=${JSON.stringify(paths)},BUILD=${JSON.stringify(build)};${worker.code}`
      },
    },
  }
}
