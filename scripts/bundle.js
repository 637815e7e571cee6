/** Bundles for dist/: node scripts/bundle.js library | explorer | page. */
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { minify } from 'terser'
import { decode, encode } from './module-text.js'
import { published } from './published.js'
import { slim } from './source-map.js'

/** The oldest engines that have WebAssembly SIMD. */
const target = ['chrome91', 'firefox89', 'safari16.4', 'node16.9']
const root = fileURLToPath(new URL('../', import.meta.url))

/** The element imports its styles as text, which esbuild would not minify. */
const stylesAsText = {
  name: 'styles as text',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), {
        loader: 'css',
        minify: true,
        charset: 'utf8',
        target,
      })
      return { contents: code, loader: 'text' }
    })
  },
}

/** The library imports the module as a function that gives its bytes, which it carries as text. */
const moduleAsText = {
  name: 'module as text',
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
      const bytes = await readFile(path)
      const text = JSON.stringify(encode(bytes))
      return { contents: `const text = ${text}\n${decode}\nexport default () => decode(text, ${bytes.length})` }
    })
  },
}

/**
 * The CommonJS build, which only runs where there are files, reads the module from the one beside it: the package need not
 * hold it three times. Jest replaces what require('fs') gives in tests that mock files.
 */
const moduleAsFile = {
  name: 'module as file',
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, () => ({
      contents: `const { readFileSync } = process.getBuiltinModule?.('fs') ?? require('fs')
        export default () => readFileSync(__dirname + '/cosdim.wasm')`,
    }))
  },
}

/**
 * The element and the subpaths import the library as a stranger does, and the subpaths each other. Published, these are the
 * files beside them. The element carries cosdim/npy: it is published as two files.
 * @param {RegExp} modules
 * @param {string} extension
 */
const beside = (modules, extension = 'js') => ({
  name: 'beside',
  setup({ onResolve }) {
    onResolve({ filter: modules }, ({ path }) => ({
      path: `./${/\w+(?=\.js$|$)/.exec(path)?.[0]}.${extension}`,
      external: true,
    }))
  },
})
const LIBRARY = /^(?:cosdim|\.\/cosdim\.js)$/
const PUBLISHED = /^cosdim(?:\/\w+)?$/

/** The page bundles the library's sources, of which it keeps only what it uses: the bundled library no longer tells. */
const libraryFromSource = {
  name: 'library from source',
  setup({ onResolve }) {
    onResolve({ filter: /^cosdim$/ }, () => ({ path: `${root}js/index.js` }))
    onResolve({ filter: /^cosdim\/npy$/ }, () => ({ path: `${root}js/npy/index.js` }))
  },
}

const bundle = (options) =>
  build({ absWorkingDir: root, bundle: true, format: 'esm', target, logLevel: 'warning', outdir: 'dist', ...options })

const common = /** @type {const} */ ({ format: 'cjs', outExtension: { '.js': '.cjs' } })

/**
 * A bundle for the page, minified by terser, which makes it 3 % smaller, gzipped, than esbuild does.
 * @param {import('esbuild').BuildOptions} options
 */
async function web(options) {
  const { outputFiles = [] } = await bundle({ minifySyntax: true, charset: 'utf8', write: false, ...options })
  const [script = '', sourceMap] = ['.js', '.map'].map(
    (extension) => outputFiles.find(({ path }) => path.endsWith(extension))?.text,
  )
  const { code, map } = await minify(script, {
    module: true,
    ecma: 2020,
    compress: { passes: 3 },
    sourceMap: sourceMap ? { content: sourceMap, url: 'explorer.js.map' } : false,
  })
  return { code: code ?? '', map: String(map) }
}

/**
 * Bundles the library. The module comes first: in the middle, its text is longer than gzip looks back, which makes the
 * library 3 % larger.
 *
 * The names of its functions and classes stay, because errors show them; all others are minified. esbuild leaves the
 * outermost names of a script alone, so the one export statement, with which the bundle ends, is set aside. Node prints the
 * line that throws, so lines are not too long.
 * @param {import('esbuild').BuildOptions} options
 */
async function library(options) {
  const { outputFiles = [] } = await bundle({
    entryPoints: { cosdim: 'js/index.js' },
    platform: 'neutral',
    inject: ['dist/cosdim.wasm'],
    minifySyntax: true,
    write: false,
    ...options,
  })
  const [{ path, text }] = outputFiles
  const [script, exports = ''] = text.split(/(?=^export \{)/m)
  const { code } = await transform(script, {
    minifyWhitespace: true,
    minifyIdentifiers: true,
    lineLimit: 1000,
    target,
  })
  await writeFile(path, code + exports.replace(/\s+/g, ' '))
}

/** The subpaths of the package that have ES modules and CommonJS, and where they are written. */
const SUBPATHS = {
  npy: 'js/npy/index.js',
  shards: 'js/shards/index.js',
  bullmq: 'js/bullmq/index.js',
  workers: 'js/workers/index.js',
}
/** A worker is an ES module, whoever starts it. */
const WORKER = { worker: 'js/workers/worker.js' }

/**
 * Whitespace stays: without it, esbuild would also drop the comments that tell bundlers what not to look for.
 * @param {import('esbuild').BuildOptions} options
 */
const subpaths = (options) =>
  bundle({
    entryPoints: SUBPATHS,
    platform: 'neutral',
    minifySyntax: true,
    minifyIdentifiers: true,
    charset: 'utf8',
    ...options,
  })

/** CommonJS has no import.meta, and where Jest runs it no import(). @type {import('esbuild').BuildOptions} */
const inCommonJs = {
  ...common,
  define: { 'import.meta.url': 'fileUrl' },
  inject: ['scripts/file-url.js'],
  external: ['node:url'],
  supported: { 'dynamic-import': false },
}

/** The command line, which runs in Node only. */
const commandLine = () =>
  bundle({
    entryPoints: { cli: 'js/cli/index.js' },
    platform: 'node',
    target: 'node18.7',
    minify: true,
    lineLimit: 1000,
    charset: 'utf8',
    plugins: [beside(PUBLISHED)],
  })

/** What Node imports as cosdim/cosdim.wasm: the module, compiled, as it is where engines compile it on import. */
const MODULE_IN_NODE = `import { readFileSync } from 'node:fs'

export default new WebAssembly.Module(readFileSync(new URL('cosdim.wasm', import.meta.url)))
`

const BUNDLES = {
  library: () =>
    Promise.all([
      library({ plugins: [moduleAsText] }),
      library({ ...common, plugins: [moduleAsFile], external: ['fs'] }),
      subpaths({ entryPoints: { ...SUBPATHS, ...WORKER }, plugins: [beside(PUBLISHED)] }),
      subpaths({ ...inCommonJs, plugins: [beside(PUBLISHED, 'cjs')] }),
      commandLine(),
      writeFile(`${root}dist/cosdim.wasm.node.js`, MODULE_IN_NODE),
    ]),
  /** The element alone. */
  async explorer() {
    const { code, map } = await web({
      plugins: [stylesAsText, beside(LIBRARY)],
      entryPoints: { explorer: 'web/explorer/index.js' },
      sourcemap: true,
      sourcesContent: false,
    })
    await Promise.all([writeFile(`${root}dist/explorer.js`, code), writeFile(`${root}dist/explorer.js.map`, slim(map))])
  },
  /**
   * The page carries everything. The styles come first: in the single file, gzip then still sees those of page.css that
   * they repeat. Its HTML knows where it is published, if SITE says so.
   */
  page: () =>
    Promise.all([
      web({
        plugins: [stylesAsText, moduleAsText, libraryFromSource],
        inject: ['web/explorer/view/styles.js', 'dist/cosdim.wasm'],
        entryPoints: ['web/page.js'],
      }).then(({ code }) => writeFile(`${root}dist/page/page.js`, code)),
      bundle({ minify: true, charset: 'utf8', entryPoints: ['web/page.css'], outdir: 'dist/page' }),
      readFile(`${root}web/index.html`, 'utf8').then((html) =>
        writeFile(`${root}dist/page/index.html`, published(html, process.env.SITE)),
      ),
      copyFile(`${root}web/picture.png`, `${root}dist/page/picture.png`),
    ]),
}

const [name] = process.argv.slice(2)
await BUNDLES[name]()
