import { defineConfig, type Plugin } from 'vite'
import { cacheControl, securityHeaders } from './src/protocol/headers.ts'

export default defineConfig({
  root: 'client',
  // Preact's JSX is set in client/tsconfig.json.
  plugins: [headersFile()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: ['chrome111', 'firefox114', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})

/** Writes the rules by which the assets are served: https://developers.cloudflare.com/workers/static-assets/headers/ */
function headersFile(): Plugin {
  const rule = (path: string, headers: Record<string, string>) =>
    [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n')
  const page = { 'Cache-Control': cacheControl.page }
  return {
    name: 'hallway:headers',
    apply: 'build',
    generateBundle() {
      const source = [
        rule('/*', securityHeaders),
        rule('/', page),
        rule('/index.html', page),
        rule('/assets/*', { 'Cache-Control': cacheControl.hashed }),
      ].join('\n')
      this.emitFile({ type: 'asset', fileName: '_headers', source })
    },
  }
}
