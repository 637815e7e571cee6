/** The built module, and the rules about the source that a test can check. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { decode, encode } from '../../scripts/module-text.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const sources = (folder) =>
  readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sources(name)
    return name.endsWith('.js') ? [{ name, text: readFileSync(root + name, 'utf8') }] : []
  })
const js = sources('js')
const imports = (text) =>
  [...text.matchAll(/^(?:import|export)\b(?:[^'"`]*\bfrom)? '([^']+)'/gm)].map(([, specifier]) => specifier)
const resolve = (name, specifier) => posix.join(posix.dirname(name), specifier)

test('the module imports nothing', () => {
  const module = new WebAssembly.Module(readFileSync(`${root}dist/cosdim.wasm`))
  assert.deepEqual(WebAssembly.Module.imports(module), [])
})

test('building again gives the same bytes', () => {
  execFileSync('make', ['--no-print-directory', '-B', 'wasm', 'WASM=build/again.wasm'], { cwd: root })
  assert.ok(readFileSync(`${root}build/again.wasm`).equals(readFileSync(`${root}dist/cosdim.wasm`)))
})

/**
 * What a fresh process prints.
 * @param {string} script
 * @param {string[]} flags
 */
const printedBy = (script, flags = []) =>
  execFileSync(process.execPath, [...flags, '--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' })

test('importing the package does nothing', () => {
  const script = "delete globalThis.WebAssembly; delete globalThis.atob; await import('cosdim')"
  printedBy(script)
})

/** What the first use says where `change` was done to the engine, after the error's code. */
function firstUse(change, flags = []) {
  const script = `
    ${change}
    const { cosineSimilarity } = await import('cosdim')
    try { console.log(String(cosineSimilarity([[1]], [[1]]))) }
    catch ({ code, message }) { console.log(code + ': ' + message) }`
  return printedBy(script, flags)
}

/** @type {((cosdim: any) => unknown)[]} Calls that give 0.96. Each is run as text, by a process that has made no other. */
const FIRST_CALLS = [
  (c) => c.cosineSimilarity(Float32Array.of(3, 4), Float32Array.of(4, 3), { dim: 0 }),
  (c) => c.cosineSimilarity(Float64Array.of(3, 4), Float64Array.of(4, 3), { dim: 0 }),
  (c) => c.cosineSimilarity([3, 4], [4, 3], { dim: 0 }),
  (c) => c.cosineSimilarity([3, 4], Float32Array.of(4, 3), { dim: 0 }),
  (c) => c.cosineSimilarity(c.tensor([3, 4]), c.tensor([4, 3]), { dim: 0 }),
  (c) => c.cosineSimilarity([[3, 4]], [4, 3]),
  (c) => 1 - c.cosineDistance(Float32Array.of(3, 4), Float32Array.of(4, 3)),
  (c) => 1 - c.cosineDistance(Float64Array.of(3, 4), Float64Array.of(4, 3)),
  (c) => 1 - c.cosineDistance(c.tensor([3, 4]), c.tensor([4, 3])),
  (c) => 1 - c.cosineDistance(Float64Array.of(3, 4), Float64Array.of(4, 3), { weights: Float64Array.of(1, 1) }),
  (c) => c.pairwiseCosineSimilarity([[3, 4]], [[4, 3]]),
  (c) => c.topkCosineSimilarity([3, 4], [[4, 3]], 1).values,
  (c) => c.explain([3, 4], [4, 3], { dim: 0 }).at().similarity,
  (c) => c.attentionDistribution([3, 4], [[4, 3]]) * 0.96,
  (c) => c.accumulator({ dim: 0 }).update([3, 4], [4, 3]).result(),
  (c) =>
    c
      .topkAccumulator([3, 4], 1)
      .update([[4, 3]])
      .result().values,
  (c) => c.tensor([0.96]).to('wasm'),
  (c) => c.tensor([0.96]).view(1, 1),
  (c) => c.tensor([0.96], { dtype: 'float16' }),
]
for (const call of FIRST_CALLS)
  test(`${call} may be the first call`, () => {
    const script = `import * as cosdim from 'cosdim'; const x = (${call})(cosdim); console.log(x.item?.() ?? x)`
    const said = printedBy(script)
    assert.ok(Math.abs(Number(said) - 0.96) < 1e-3, said)
  })

test('the first use says what is missing, and who can mend it', () => {
  const fails = (error) => `WebAssembly.Module = function () { throw ${error} }`
  assert.match(firstUse('delete globalThis.WebAssembly'), /^NO_WEBASSEMBLY: This engine has no WebAssembly/)
  // Without SSE 4.1 V8 has no SIMD. Other processors than x64 always have it.
  const withoutSimd =
    process.arch === 'x64'
      ? firstUse('', ['--no-enable-sse4-1'])
      : firstUse(`WebAssembly.validate = () => false; ${fails("new WebAssembly.CompileError('invalid opcode')")}`)
  assert.match(withoutSimd, /^NO_SIMD: cosdim needs WebAssembly with SIMD/)
  // The messages of Chrome 156, Firefox 153 and workerd, of V8 without memory, and of Chrome 114.
  for (const message of [
    "WebAssembly.Module(): Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not allowed",
    'call to WebAssembly.Module() blocked by CSP',
    'WebAssembly.Module(): Wasm code generation disallowed by embedder',
  ])
    assert.match(
      firstUse(fails(`new WebAssembly.CompileError(${JSON.stringify(message)})`)),
      /^FORBIDDEN: .*'wasm-unsafe-eval'.*cosdim\/cosdim\.wasm/,
    )
  // V8's, when the instance or its parts find no room; Safari's; Firefox's, which also throws mere strings.
  for (const error of [
    "new RangeError('WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance')",
    "new RangeError('Array buffer allocation failed')",
    "new RangeError('Out of memory')",
    "Object.assign(new Error('out of memory'), { name: 'InternalError' })",
    "'out of memory'",
  ])
    assert.match(firstUse(fails(error)), /^NO_MEMORY: There is not enough memory/, error)
  assert.match(
    firstUse(
      fails(
        "new RangeError('WebAssembly.Compile is disallowed on the main thread, if the buffer size is larger than 4KB.')",
      ),
    ),
    /^ASYNC_ONLY: This browser compiles WebAssembly of this size only asynchronously/,
  )
})

test('the CommonJS build says where it looks for its module', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cosdim-'))
  copyFileSync(`${root}dist/cosdim.cjs`, `${folder}/cosdim.cjs`)
  const { cosineSimilarity } = createRequire(import.meta.url)(`${folder}/cosdim.cjs`)
  assert.throws(() => cosineSimilarity([[1]], [[1]]), { code: 'ENOENT', path: `${folder}/cosdim.wasm` })
  rmSync(folder, { recursive: true })
})

test('the module’s text holds every byte, and is read without a TextEncoder, as in jsdom', () => {
  const bytes = Uint8Array.from({ length: 65536 }, (_, i) => (i & 1 ? i >> 8 : i >> 1))
  assert.deepEqual(decode(encode(bytes), bytes.length), bytes)
  assert.match(encode(bytes), /^[!#-[\]-~]+$/)
  assert.equal(firstUse('delete globalThis.TextEncoder'), 'tensor([1.])\n')
})

test('init takes a module that was compiled elsewhere', () => {
  const script = `
    import { readFileSync } from 'node:fs'
    const module = new WebAssembly.Module(readFileSync('dist/cosdim.wasm'))
    WebAssembly.Module = WebAssembly.compile = undefined
    globalThis.WebAssembly.Module = module.constructor
    delete globalThis.atob
    const { init, cosineSimilarity } = await import('cosdim')
    await init({ module })
    console.log(String(cosineSimilarity([[1, 2]], [[3, 4]])))`
  const said = printedBy(script)
  assert.equal(said, 'tensor([0.9839])\n')
})

test('tensors that are made while init waits keep their memory', () => {
  const script = `
    const { init, tensor, cosineSimilarity, memoryUsage } = await import('cosdim')
    const done = init()
    const x = tensor([[1, 2], [3, 4]]).to('wasm')
    const { used } = memoryUsage()
    await done
    console.log(memoryUsage().used === used, String(x), String(cosineSimilarity(x, x)))`
  const said = printedBy(script)
  assert.equal(said, 'true tensor([[1., 2.],\n        [3., 4.]]) tensor([1., 1.])\n')
})

test('js/ runs anywhere but for the command line: it imports its own files and nothing of Node', () => {
  assert.ok(
    js.some(({ name }) => name.startsWith('js/wasm/')),
    'subfolders are read',
  )
  for (const { name, text } of js)
    for (const specifier of imports(text)) {
      if (/^node:|package\.json$/.test(specifier)) assert.match(name, /^js\/cli\//)
      else if (/^cosdim(\/\w+)?$/.test(specifier))
        assert.match(name, /^js\/(npy|shards|bullmq|workers|cli)\//) // bundles of their own
      else assert.match(resolve(name, specifier), /^js\/(\w+\/)?[\w-]+\.js$|^dist\/cosdim\.wasm$/, name)
    }
})

test('js/ has no import cycles', () => {
  const files = new Map(js.map(({ name, text }) => [name, imports(text)]))
  assert.ok(files.get('js/index.js').length > 5, 'imports are found')
  const done = new Set()
  const visit = (name, path) => {
    assert.ok(!path.includes(name), [...path, name].join(' → '))
    if (done.has(name)) return
    for (const specifier of files.get(name) ?? []) visit(resolve(name, specifier), [...path, name])
    done.add(name)
  }
  for (const name of files.keys()) visit(name, [])
})

test('the table of dtypes imports nothing', () => {
  for (const { name, text } of js) if (name === 'js/dtypes.js') assert.deepEqual(imports(text), [], name)
})

test('no file of js/ is longer than 300 lines', () => {
  for (const { name, text } of js) assert.ok(text.split('\n').length - 1 <= 300, name)
})

test('no similarity is computed outside of C', () => {
  for (const { name, text } of js) assert.doesNotMatch(text, /Math\.(sqrt|hypot|acos|exp)\b/, name)
})
