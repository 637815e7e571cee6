/** Bundles for dist/: node scripts/bundle.js library | explorer | page. */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
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

/** The element imports the library as a stranger does. Published, the library is the file beside it. */
const libraryBeside = {
  name: 'library beside',
  setup({ onResolve }) {
    onResolve({ filter: /^cosdim$/ }, () => ({ path: './cosdim.js', external: true }))
  },
}

const bundle = (options) =>
  build({ absWorkingDir: root, bundle: true, format: 'esm', target, logLevel: 'warning', outdir: 'dist', ...options })

const web = { minify: true, charset: 'utf8', plugins: [stylesAsText] }

/** Bundles into dist/NAME.js and dist/NAME.js.map. Returns the code. */
async function publish(name, entry, options) {
  const { outputFiles = [] } = await bundle({
    entryPoints: { [name]: entry },
    sourcemap: true,
    write: false,
    ...options,
  })
  const [map, code] = outputFiles.map(({ text }) => text)
  await writeFile(`${root}dist/${name}.js.map`, slim(map))
  await writeFile(`${root}dist/${name}.js`, code)
  return code
}

/**
 * The same code as CommonJS. Only its last statement differs, so that it shares the source map; that is also why the ES
 * module says 'use strict'.
 */
function commonJS(code) {
  const statement = /export\{([^{}]*)\};(?=\n\/\/# sourceMappingURL=\S+\n$)/
  if (!statement.test(code)) throw new Error('The bundle should end with one export statement.')
  return code.replace(statement, (_, names) => {
    const pairs = names.split(',').map((name) => name.split(' as '))
    const assigned = pairs.map(([name, exported = name]) => `exports.${exported}=${name};`)
    return `Object.defineProperty(exports,"__esModule",{value:true});${assigned.join('')}`
  })
}

const BUNDLES = {
  /** Identifiers stay, for stack traces and for the names of classes. */
  async library() {
    const code = await publish('cosdim', 'js/index.js', {
      platform: 'neutral',
      loader: { '.wasm': 'base64' },
      minifyWhitespace: true,
      minifySyntax: true,
      banner: { js: '"use strict";' },
    })
    await writeFile(`${root}dist/cosdim.cjs`, commonJS(code))
  },
  /** The element alone. */
  explorer: () => publish('explorer', 'web/explorer/index.js', { ...web, plugins: [stylesAsText, libraryBeside] }),
  /** The page carries everything. */
  page: () =>
    Promise.all([
      bundle({ ...web, entryPoints: ['web/page.js'], outdir: 'dist/page' }),
      bundle({ minify: true, charset: 'utf8', entryPoints: ['web/page.css'], outdir: 'dist/page' }),
    ]),
}

const [name] = process.argv.slice(2)
await BUNDLES[name]()
