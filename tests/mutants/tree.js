/** A copy of the tree in which sources may change: tests there run js/ itself, not the bundles that are made of it. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The sources of the bundles that tests without a browser import; scripts/bundle.js has the same ones. */
const ENTRY_POINTS = {
  cosdim: 'index.js',
  npy: 'npy/index.js',
  shards: 'shards/index.js',
  bullmq: 'bullmq/index.js',
  workers: 'workers/index.js',
  worker: 'workers/worker.js',
  cli: 'cli/index.js',
}
const COPIED = ['c', 'dist', 'docs', 'examples', 'js', 'scripts', 'tests', 'types', 'web']
const FILES = readdirSync(ROOT).filter((name) => /\.(?:md|json)$|^(?:Makefile|LICENSE)$/.test(name))

/**
 * What the build does with imports that are no JavaScript. It goes to the end of the file, so that every place stays where it
 * was, and behind a string, where no test looks for imports. TREE is the folder.
 * @type {[file: string, statement: string, replacement: string][]}
 */
const INLINED = [
  [
    'js/wasm/instance.js',
    "import bytes from '../../dist/cosdim.wasm'",
    "import { readFileSync } from 'node:fs'; const bytes = () => readFileSync('TREE/dist/cosdim.wasm')",
  ],
  [
    'js/cli/main.js',
    "import { version } from '../../package.json'",
    "import { createRequire } from 'node:module'; const { version } = createRequire('TREE/')('./package.json')",
  ],
]

/** @param {string} folder ends with a slash */
export function copyTree(folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const name of [...COPIED, ...FILES])
    cpSync(ROOT + name, folder + name, { recursive: true, preserveTimestamps: true })
  symlinkSync(`${ROOT}node_modules`, `${folder}node_modules`)
  for (const [bundle, source] of Object.entries(ENTRY_POINTS))
    writeFileSync(`${folder}dist/${bundle}.js`, `export * from '../js/${source}'\n`)
  for (const [file, statement, replacement] of INLINED) {
    const text = readFileSync(folder + file, 'utf8')
    if (!text.includes(statement)) throw new Error(`${file} does not say: ${statement}`)
    const blank = text.replace(statement, ' '.repeat(statement.length))
    writeFileSync(folder + file, `${blank}''; ${replacement.replace('TREE/', folder)}\n`)
  }
}
