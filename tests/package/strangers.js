/**
 * Those who install the package, with what they have: the packages beside it, the files of tests/package/projects that make
 * up their project, settings of their package.json, and the commands that say whether all is well. Every project gets
 * calls.js, calls.cjs, which is the same as CommonJS, and tests/determinism/hash.js. $HERE is this folder, $TARBALL the packed package.
 *
 * @typedef {object} Stranger
 * @property {string} name
 * @property {Record<string, string>} [packages]
 * @property {string[]} [files]
 * @property {object} [settings] without them it is an ES module
 * @property {string[]} commands each has to end well
 */

/** Where a tool needs a newer Node than the oldest that we build on. */
const NODE = { node: '24.21.0' }
const ESBUILD = { esbuild: '0.28.2' }

const COMMONJS = { type: 'commonjs' }

const NODES = ['20.20.2', '22.23.3', '24.21.0', '26.10.0']
/* The command line, as npx runs it. */
const COMMAND = "cosdim '[3, 4]' '[4, 3]' --dim -1"
const IN_NODE = [
  'node esm.mjs',
  'node common.cjs',
  'node both.mjs',
  'node module.mjs',
  // The CommonJS build, which older Nodes require.
  'node --no-experimental-require-module common.cjs',
  'node hash.js',
  COMMAND,
]
/** It cannot require ES modules, so import and require() give two libraries. */
const OLD_NODE = '18.20.8'
const BROWSERS = ['chromium', 'firefox']
const PAGES = ['page', 'worker', 'csp', 'forbidden']

/** A page for the library and one for the element, which a bundler makes in dist/; for some also one with workers. */
const BUNDLED = ['bundle', 'browser']
const WITH_WORKERS = [...BUNDLED, 'workers']
const COPIED = 'cp index.html with-element.html dist'
const OPENED = 'cd dist && node "$HERE/browse.js" chromium index.html with-element.html'
const served = (command, pages = '/') => `SERVER='${command}' node "$HERE/browse.js" chromium ${pages}`

/** @type {Stranger[]} */
export const STRANGERS = [
  { name: 'node', files: ['node'], commands: IN_NODE },
  {
    name: 'node18',
    packages: { node: OLD_NODE },
    files: ['node'],
    commands: ['node esm.mjs', 'node common.cjs', 'node module.mjs', 'node hash.js', COMMAND],
  },
  ...NODES.map((version) => ({
    name: `node${version.split('.')[0]}`,
    packages: { node: version },
    files: ['node'],
    commands: IN_NODE,
  })),
  {
    name: 'deno',
    packages: { deno: '2.9.6' },
    files: ['node'],
    commands: ['esm.mjs', 'both.mjs', 'module.mjs', 'hash.js'].map((file) => `deno run --allow-read ${file}`),
  },
  {
    name: 'bun',
    packages: { bun: '1.4.5' },
    files: ['node'],
    commands: ['esm.mjs', 'common.cjs', 'both.mjs', 'module.mjs', 'hash.js'].map((file) => `bun ${file}`),
  },
  {
    name: 'workerd',
    packages: { miniflare: '4.20260730.0', ...ESBUILD, ...NODE },
    files: ['workerd'],
    commands: ['node run.mjs'],
  },
  {
    name: 'wrangler',
    packages: { wrangler: '4.164.0', ...NODE },
    files: ['wrangler'],
    commands: ['wrangler deploy --dry-run --outdir dist', served('wrangler dev --ip 127.0.0.1 --port $PORT')],
  },

  ...BROWSERS.flatMap((browser) => [
    ...PAGES.map((page) => ({
      name: `${browser}-${page}`,
      files: ['browser'],
      commands: [`node "$HERE/browse.js" ${browser} ${page}.html`],
    })),
    {
      name: `${browser}-service-worker`,
      packages: ESBUILD,
      files: ['browser'],
      commands: [
        'esbuild service-source.js --bundle --outfile=service.js --log-level=warning',
        `node "$HERE/browse.js" ${browser} service.html`,
      ],
    },
  ]),

  ...['30.5.2', '29.7.0'].map((version) => ({
    name: `jest${version.split('.')[0]}`,
    packages: { jest: version, 'jest-environment-jsdom': version },
    files: ['jest'],
    settings: COMMONJS,
    commands: ['jest', 'jest --env=jsdom'],
  })),
  { name: 'vitest', packages: { vitest: '5.1.2', ...NODE }, files: ['vitest'], commands: ['vitest run'] },
  {
    name: 'ts-node',
    packages: { 'ts-node': '10.9.2', typescript: '5.9.3', '@types/node': '24.1.0' },
    files: ['ts-node'],
    settings: COMMONJS,
    commands: [
      'tsc --noEmit --strict --module nodenext --lib es2022,dom typed.mts typed.cts',
      'ts-node -P tsconfig.node10.json index.ts',
      'ts-node -P tsconfig.nodenext.json index.ts',
    ],
  },

  {
    name: 'vite',
    packages: { vite: '8.3.8' },
    files: WITH_WORKERS,
    commands: [
      'vite build --logLevel warn',
      `${OPENED} with-workers.html`,
      served('vite dev --host 127.0.0.1 --port $PORT', 'index.html with-element.html with-workers.html'),
    ],
  },
  {
    name: 'webpack',
    packages: { webpack: '5.113.0', 'webpack-cli': '7.3.1' },
    files: WITH_WORKERS,
    commands: [
      'webpack build --mode production --entry ./main.js -o dist --output-filename main.js',
      'webpack build --mode production --entry ./with-element.js -o dist --output-filename with-element.js',
      'webpack build --mode production --entry ./with-workers.js -o dist --output-filename with-workers.js',
      `${COPIED} && cp with-workers.html dist`,
      `${OPENED} with-workers.html`,
    ],
  },
  {
    name: 'rollup',
    packages: { rollup: '4.68.8', '@rollup/plugin-node-resolve': '16.0.3' },
    files: BUNDLED,
    commands: [
      'rollup main.js -p node-resolve -o dist/main.js',
      'rollup with-element.js -p node-resolve -o dist/with-element.js',
      COPIED,
      OPENED,
    ],
  },
  {
    name: 'esbuild',
    packages: ESBUILD,
    files: WITH_WORKERS,
    commands: [
      'esbuild main.js with-element.js --bundle --minify --outdir=dist --log-level=warning',
      // It does not follow new Worker(new URL(…)).
      'esbuild with-workers.js worker=node_modules/cosdim/dist/worker.js --bundle --format=esm --outdir=dist --log-level=warning',
      `${COPIED} && cp with-workers.html dist`,
      `${OPENED} with-workers.html`,
    ],
  },
  {
    name: 'parcel',
    packages: { parcel: '2.16.4' },
    files: BUNDLED,
    commands: ['parcel build index.html', 'cd dist && node "$HERE/browse.js" chromium index.html'],
  },
  {
    name: 'next',
    packages: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
    files: ['next', 'browser'],
    commands: ['next build', served('next start -H 127.0.0.1 -p $PORT')],
  },
  {
    name: 'astro',
    packages: { astro: '7.3.5', ...NODE },
    files: ['astro', 'browser'],
    commands: ['astro build', 'cd dist && node "$HERE/browse.js" chromium index.html'],
  },

  {
    name: 'langchain',
    packages: { '@langchain/classic': '1.0.50', '@langchain/core': '1.4.0', ...NODE },
    files: ['langchain'],
    commands: ['node stand-in.mjs'],
  },

  { name: 'sizes', commands: ['node "$HERE/sizes.js"'] },
  { name: 'publint', commands: ['publint --strict "$TARBALL"'] },
  {
    // node10 knows no exports, and so no subpaths.
    name: 'attw',
    packages: { '@arethetypeswrong/cli': '0.18.5' },
    commands: [
      'attw "$TARBALL" --entrypoints .',
      'attw "$TARBALL" --entrypoints explorer npy shards bullmq workers cosdim.wasm package.json --profile node16',
    ],
  },
]
