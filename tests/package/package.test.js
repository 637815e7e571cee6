/** The short form of `npm run release:check`: what is packed, in Node and in Chromium. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { decode, encode } from '../../scripts/module-text.js'
import { pack, run } from './run.js'
import { STRANGERS } from './strangers.js'

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const manifest = JSON.parse(read('package.json'))

const folder = mkdtempSync(join(tmpdir(), 'cosdim-package-'))
after(() => rmSync(folder, { recursive: true }))
const { tarball, files } = pack(folder)

/** The paths that a part of the manifest names, however deep. */
const pathsIn = (part) => (typeof part === 'string' ? [part.replace('./', '')] : Object.values(part).flatMap(pathsIn))

test('what the manifest names is packed', () => {
  const { bin, main, module, types, unpkg, jsdelivr, exports, sideEffects, files: listed } = manifest
  for (const path of pathsIn({ bin, main, module, types, unpkg, jsdelivr, exports, sideEffects }))
    assert.ok(files.includes(path), path)
  for (const path of listed)
    assert.ok(
      files.some((file) => file === path || file.startsWith(`${path}/`)),
      path,
    )
})

test('every byte survives as text', () => {
  const bytes = Uint8Array.from({ length: 512 }, (_, i) => i)
  assert.deepEqual(decode(encode(bytes), bytes.length), bytes)
})

test('types come first in every condition', () => {
  const check = (/** @type {any} */ branch) => {
    if (typeof branch !== 'object') return
    if (branch.types) assert.deepEqual(Object.keys(branch), ['types', 'default'])
    else Object.values(branch).forEach(check)
  }
  check(manifest.exports)
})

test('what the README points at is packed', () => {
  for (const [, path] of read('README.md').matchAll(/\]\((docs\/(?!README)[\w.-]+\.md)\)/g))
    assert.ok(files.includes(path), path)
  for (const [path] of read('README.md').matchAll(
    /\b(?:examples|c)\/[\w-]+\.\w+|\bdist\/types\/[\w.-]+|(?<=cosdim\/)dist\/[\w.-]+/g,
  ))
    assert.ok(files.includes(path), path)
})

for (const readme of ['README.md', 'docs/README.zh-CN.md'])
  test(`${readme} has the sizes of the files that a CDN serves`, () => {
    const told = [...read(readme).matchAll(/`(dist\/(?:cosdim|explorer)\.js)`[^`]*?(\d+) kB/g)]
    assert.equal(told.length, 2)
    for (const [, file, kilobytes] of told) {
      const gzipped = gzipSync(read(file), { level: 9 }).length
      assert.ok(Math.abs(gzipped / 1000 - Number(kilobytes)) <= 1, `${file} has ${gzipped} bytes`)
    }
  })

for (const file of ['dist/cosdim.js', 'dist/cosdim.cjs'])
  test(`${file} keeps names, and its lines are short enough for Node to print`, async () => {
    const imported = await import(`../../${file}`)
    const { cosineSimilarity, explain, tensor } = imported.default ?? imported
    assert.equal(tensor([1]).constructor.name, 'Tensor')
    assert.equal(explain([[1]], [[1]]).constructor.name, 'Explanation')
    assert.throws(
      () => cosineSimilarity([1], [1]),
      ({ stack }) => /at check .*at planSimilarity .*at .*cosineSimilarity /s.test(stack),
    )
    for (const line of read(file).split('\n')) assert.ok(line.length < 4000, line)
  })

test('the explorer imports the library, and its styles are minified', () => {
  const code = read('dist/explorer.js')
  assert.match(code, /from"\.\/cosdim\.js"/)
  assert.doesNotMatch(code, /\/\*/)
})

test('the source map names the files of the page', () => {
  for (const path of files.filter((name) => name.endsWith('.map'))) {
    const { sources } = JSON.parse(read(path))
    for (const room of ['io', 'model', 'state', 'texts', 'view'])
      assert.ok(
        sources.some((source) => source.startsWith(`../web/explorer/${room}/`)),
        room,
      )
  }
})

const SHORT = ['node', 'publint', 'sizes', 'chromium-page', 'chromium-csp']
for (const stranger of STRANGERS.filter(({ name }) => SHORT.includes(name)))
  test(`${stranger.name} is content`, async () => {
    const { ok, output } = await run(stranger, tarball, join(folder, stranger.name))
    assert.ok(ok, output)
  })
