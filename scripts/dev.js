/**
 * npm run dev: serves the page from memory, rebuilds what changes in web/, js/ or c/, and reloads. The state of the
 * page is in its URL, so it survives. PORT sets the port; by default it is the first free one from 8000 up.
 */
import { spawn } from 'node:child_process'
import { readdirSync, watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { context } from 'esbuild'

const root = fileURLToPath(new URL('../', import.meta.url))

/** The element imports its styles as text; page.css is a stylesheet. */
const stylesAsText = {
  name: 'styles as text',
  setup(build) {
    build.onResolve({ filter: /\.css$/ }, async ({ kind, path, resolveDir, pluginData }) => {
      if (kind !== 'import-statement' || pluginData === 'resolved') return
      const { path: file } = await build.resolve(path, { kind, resolveDir, pluginData: 'resolved' })
      return { path: file, namespace: 'text' }
    })
    build.onLoad({ filter: /.*/, namespace: 'text' }, async ({ path }) => ({
      contents: await readFile(path),
      loader: 'text',
      watchFiles: [path],
    }))
  },
}

const POLICY = "default-src 'none';"

/** The page's content security policy allows no connections, but reloading needs one to the server. */
const allowReload = {
  name: 'allow reload',
  setup(build) {
    build.onLoad({ filter: /\.html$/ }, async ({ path }) => {
      const html = await readFile(path, 'utf8')
      if (!html.includes(POLICY)) throw new Error(`${path} should have a policy with ${POLICY}`)
      return { contents: html.replace(POLICY, `${POLICY} connect-src 'self';`), loader: 'copy' }
    })
  },
}

const page = await context({
  absWorkingDir: root,
  entryPoints: ['web/index.html', 'web/page.js', 'web/page.css'],
  outdir: 'build/dev',
  bundle: true,
  format: 'esm',
  charset: 'utf8',
  sourcemap: 'inline',
  logLevel: 'info',
  plugins: [stylesAsText, allowReload],
  footer: { js: "new EventSource('/esbuild').addEventListener('change', () => location.reload())" },
})
await page.watch()
const port = process.env.PORT && Number(process.env.PORT)
await page.serve({ servedir: `${root}build/dev`, host: '127.0.0.1', ...(port && { port }) })

/** make builds the library into dist/cosdim.js. The page is rebuilt when that file changes. */
let make
let isStale = false

function buildLibrary() {
  isStale = Boolean(make)
  if (make) return
  make = spawn('make', ['--no-print-directory', '-s', 'dist/cosdim.js'], { cwd: root, stdio: 'inherit' })
  make.on('exit', () => {
    make = undefined
    if (isStale) buildLibrary()
  })
}

/** Watches each folder: a recursive watch loses files that an editor replaces instead of writing to them. */
function watchSources(folder) {
  watch(folder, buildLibrary)
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) watchSources(join(folder, entry.name))
}

for (const folder of ['js', 'c']) watchSources(join(root, folder))
