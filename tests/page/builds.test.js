/** What is built for the page: sizes, policies and types. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

test('the single file is at most 150 KB gzipped and refers to no other file', async () => {
  const html = await readFile(root('dist/cosdim.html'))
  const size = execFileSync('gzip', ['-9c'], { input: html }).length
  assert.ok(size <= 150 * 1024, `${size} bytes`)
  assert.doesNotMatch(String(html), /<(?:script|link|img)[^>]*(?:src|href)="(?!data:)/)
})

test('the served page’s policy allows only its own scripts and WebAssembly', async () => {
  const html = await readFile(root('dist/page/index.html'), 'utf8')
  const [, policy = ''] = html.match(/http-equiv="Content-Security-Policy"\s+content="([^"]+)"/) ?? []
  assert.match(
    policy,
    /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'$/,
  )
})

test('the compiler finds the element’s types, and they describe its interface', () => {
  const source = `import 'cosdim/explorer'
    import type { CosineDimElement } from 'cosdim/explorer'
    const one: CosineDimElement = document.createElement('cosine-dim')
    one.language = 'zh-Hans'
    one.addEventListener('statechange', ({ detail }) => detail.isNavigation satisfies boolean)
    one.ready satisfies Promise<boolean>
    // @ts-expect-error
    one.language = 'fr'`
  const folder = mkdtempSync(join(root('build'), 'types-'))
  try {
    writeFileSync(join(folder, 'page.ts'), source)
    execFileSync(root('node_modules/.bin/tsc'), [
      ...'--ignoreConfig --noEmit --strict --module nodenext --target es2022 --lib es2022,dom --types'.split(' '),
      '',
      join(folder, 'page.ts'),
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/* What rendering on a server may define: nothing, or classes without a document. */
const SERVERS = {
  'without a DOM': '',
  'with classes of a DOM': `
    globalThis.window = globalThis
    globalThis.HTMLElement = class {}
    globalThis.customElements = { get() {}, define() {} }`,
}

for (const [server, globals] of Object.entries(SERVERS))
  test(`on a server ${server} the element can be imported, and leaves nothing behind`, () => {
    const script = `${globals}
      const before = Reflect.ownKeys(globalThis)
      await import('cosdim/explorer')
      console.log(Reflect.ownKeys(globalThis).length - before.length)`
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root(''),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    assert.equal(said, '0\n')
  })
