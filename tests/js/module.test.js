/** The shape of what is built, and the rules of the source that a test can check. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const sources = (folder) =>
  readdirSync(root + folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(`${root}${folder}/${name}`, 'utf8') }))
const imports = (text) => [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier]) => specifier)

test('the module imports nothing', () => {
  const module = new WebAssembly.Module(readFileSync(`${root}dist/cosdim.wasm`))
  assert.deepEqual(WebAssembly.Module.imports(module), [])
})

test('building again gives the same bytes', () => {
  execFileSync('make', ['--no-print-directory', '-B', 'wasm', 'WASM=build/again.wasm'], { cwd: root })
  assert.ok(readFileSync(`${root}build/again.wasm`).equals(readFileSync(`${root}dist/cosdim.wasm`)))
})

test('importing the package does nothing', () => {
  const script = "delete globalThis.WebAssembly; delete globalThis.atob; await import('cosdim')"
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root })
})

test('without SIMD the first use says so', () => {
  const script = `
    WebAssembly.Module = function () { throw new WebAssembly.CompileError('invalid opcode') }
    const { cosineSimilarity } = await import('cosdim')
    try { cosineSimilarity([[1]], [[1]]) } catch (error) { console.log(error.message) }`
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' })
  assert.match(said, /^cosdim needs WebAssembly with SIMD/)
})

test('a module compiled elsewhere can be handed over', () => {
  const script = `
    import { readFileSync } from 'node:fs'
    const module = new WebAssembly.Module(readFileSync('dist/cosdim.wasm'))
    WebAssembly.Module = WebAssembly.compile = undefined
    globalThis.WebAssembly.Module = module.constructor
    delete globalThis.atob
    const { init, cosineSimilarity } = await import('cosdim')
    await init({ module })
    console.log(String(cosineSimilarity([[1, 2]], [[3, 4]])))`
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' })
  assert.equal(said, 'tensor([0.9839])\n')
})

test('js/ runs anywhere: it imports its own files and nothing of Node', () => {
  for (const { name, text } of sources('js'))
    for (const specifier of imports(text)) assert.match(specifier, /^\.\/|^\.\.\/dist\/cosdim\.wasm$/, name)
})

test('web/ imports the public entry of the package only', () => {
  for (const { name, text } of sources('web'))
    for (const specifier of imports(text)) assert.match(specifier, /^\.\/|^cosdim$/, name)
})

test('no similarity is computed outside of C', () => {
  for (const { name, text } of [...sources('js'), ...sources('web')])
    assert.doesNotMatch(text, /Math\.(sqrt|hypot|acos|exp)\b/, name)
})
