/** The types compile as strangers' projects are set up, and tell right uses from wrong ones. */
import assert from 'node:assert/strict'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { writeTypes } from '../../scripts/types.js'
import { compileWith5, compileWith7, createProject } from './project.js'

const STRICTEST = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true }
const USES = ['right.ts', 'wrong.ts']
/* The oldest resolution finds no subpaths. */
const WITH_SUBPATHS = [...USES, 'npy.ts', 'shards.ts', 'workers.ts']
const IN_NODE = [...WITH_SUBPATHS, 'commonjs.cts', 'module.mts']
const EVERYTHING = [...WITH_SUBPATHS, 'dom.ts', 'newest.ts', 'foreign.ts']

/** Otherwise: strict, all libraries checked, no DOM, no Node. */
const PROJECTS = [
  { typescript: 5, target: 'es2017', module: 'commonjs', moduleResolution: 'node10', files: USES },
  {
    typescript: 5,
    target: 'es2020',
    moduleResolution: 'bundler',
    dom: true,
    files: [...WITH_SUBPATHS, 'dom.ts', 'foreign.ts'],
  },
  { typescript: 5, target: 'es2022', module: 'node16', node: true, strictest: true, files: [...IN_NODE, 'node.ts'] },
  { typescript: 5, target: 'esnext', module: 'nodenext', dom: true, files: [...IN_NODE, 'dom.ts', 'newest.ts'] },
  { typescript: 7, target: 'es2017', moduleResolution: 'bundler', files: WITH_SUBPATHS },
  { typescript: 7, target: 'es2017', moduleResolution: 'bundler', node: true, files: [...WITH_SUBPATHS, 'node.ts'] },
  {
    typescript: 7,
    target: 'es2020',
    module: 'node16',
    dom: true,
    node: true,
    files: [...IN_NODE, 'dom.ts', 'node.ts'],
  },
  { typescript: 7, target: 'es2022', module: 'nodenext', strictest: true, files: IN_NODE },
  { typescript: 7, target: 'esnext', moduleResolution: 'bundler', dom: true, strictest: true, files: EVERYTHING },
]

let folder
before(async () => {
  folder = await createProject()
})
after(() => rm(folder, { recursive: true }))

const compile = { 5: compileWith5, 7: compileWith7 }

for (const [i, { typescript, target, dom, node, strictest, files, ...options }] of PROJECTS.entries()) {
  const has = [
    target,
    options.moduleResolution ?? options.module,
    dom && 'DOM',
    node && 'Node',
    strictest && 'strictest',
  ]
  test(`TypeScript ${typescript}: ${has.filter(Boolean).join(', ')}`, async () => {
    const compilerOptions = {
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      target,
      module: 'esnext',
      lib: dom ? [target, 'dom', 'dom.iterable'] : [target],
      types: node ? ['node'] : [],
      ...(strictest && STRICTEST),
      ...options,
    }
    assert.equal(await compile[typescript](folder, i, compilerOptions, files), '')
  })
}

test('types that are no longer declared are deleted', async () => {
  const types = join(folder, 'written')
  await writeTypes(types)
  const names = await readdir(types)
  await writeFile(join(types, 'stale.d.ts'), '')
  await writeTypes(types)
  assert.deepEqual(await readdir(types), names)
})

const JSX = {
  strict: true,
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2022', 'dom'],
  types: [],
  jsx: 'react-jsx',
}

for (const typescript of [5, 7])
  for (const library of ['react', 'preact'])
    test(`TypeScript ${typescript}: JSX of ${library}`, async () => {
      const options = { ...JSX, jsxImportSource: library, noEmit: true, exactOptionalPropertyTypes: true }
      assert.equal(await compile[typescript](folder, library, options, [`${library}.tsx`]), '')
    })

for (const typescript of [5, 7])
  test(`TypeScript ${typescript}: declaration files name inferred types, briefly`, async () => {
    const outDir = join(folder, `out-${typescript}`)
    const options = { ...JSX, skipLibCheck: true, declaration: true, emitDeclarationOnly: true, outDir }
    assert.equal(await compile[typescript](folder, 'declarations', options, ['declarations.ts']), '')
    const declarations = await readFile(join(outDir, 'declarations.d.ts'), 'utf8')
    assert.match(declarations, /pair: \(.*\) => import\("cosdim"\)\.TensorOf<"float32", 0>/)
    assert.ok(declarations.length < 3000, declarations)
  })
