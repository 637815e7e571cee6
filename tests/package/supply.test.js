/** What comes with the package, and what builds it: nothing runs when it is installed, and every dependency is locked. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path) => JSON.parse(readFileSync(root + path, 'utf8'))
const sbom = (...options) =>
  JSON.parse(execFileSync('npm', ['run', '--silent', 'sbom', '--', ...options], { cwd: root, encoding: 'utf8' }))

test('nothing runs when the package is installed', () => {
  const { scripts } = read('package.json')
  const run = Object.keys(scripts).filter((name) => /^(?:pre|post)?(?:install|prepare|prepublish|pack)$/.test(name))
  assert.deepEqual(run, [])
})

test('the package depends on nothing', () => {
  const manifest = read('package.json')
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies'])
    assert.equal(manifest[kind], undefined, kind)
  assert.deepEqual(sbom('--omit=dev').components, [])
})

for (const folder of ['', 'tests/bench/peers/'])
  test(`${folder}package-lock.json has the hash of every dependency, and exact versions`, () => {
    const { devDependencies = {}, dependencies = {} } = read(`${folder}package.json`)
    for (const version of Object.values({ ...devDependencies, ...dependencies }))
      assert.match(version, /^(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+[\w.-]*$/)
    const [[, self], ...packages] = Object.entries(read(`${folder}package-lock.json`).packages)
    assert.deepEqual(self.devDependencies ?? {}, devDependencies)
    assert.ok(packages.length > 1)
    for (const [name, { integrity }] of packages) assert.match(String(integrity), /^sha512-[\w+/]{86}==$/, name)
  })

test('npm run sbom lists what the lock lists', () => {
  const { metadata, components } = sbom()
  const locked = Object.entries(read('package-lock.json').packages).filter(([name, { optional }]) => name && !optional)
  const listed = new Set(components.map(({ purl }) => decodeURIComponent(purl).split('?')[0]))
  assert.match(metadata.component.purl, /^pkg:npm\/cosdim@/)
  for (const [path, { name = path.split('node_modules/').at(-1), version }] of locked)
    assert.ok(listed.has(`pkg:npm/${name}@${version}`), `${name}@${version}`)
})
