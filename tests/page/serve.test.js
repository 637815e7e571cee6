/** npm start serves the page on PORT, or on the next free port, until Ctrl-C. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const start = fileURLToPath(new URL('../../scripts/start.js', import.meta.url))

/** Starts a server. Resolves to its process and the URL that it printed. */
async function started(port) {
  const child = spawn(process.execPath, [start], { env: { ...process.env, PORT: String(port) } })
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += chunk
    const [, url] = printed.match(/The page is at (\S+) /) ?? []
    if (url) return { child, url }
  }
  throw new Error(`No address in: ${printed}`)
}

async function interrupted(child) {
  child.kill('SIGINT')
  const [code, signal] = await once(child, 'exit')
  assert.ok(signal === 'SIGINT' || code === 130)
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  server.close()
  return port
}

test('the content security policy of the meta element is also sent as a header', async () => {
  const { child, url } = await started(await freePort())
  try {
    const page = await fetch(url)
    const policy = page.headers.get('content-security-policy') ?? ''
    assert.match(policy, /^default-src 'none';.* script-src 'self' 'wasm-unsafe-eval';/)
    assert.ok((await page.text()).includes(`content="${policy}"`))
    assert.equal((await fetch(`${url}page.js`)).headers.get('content-security-policy'), null)
  } finally {
    await interrupted(child)
  }
})

test('PORT is honoured, a taken port moves on to the next, Ctrl-C stops the server', async () => {
  const port = await freePort()
  const first = await started(port)
  const second = await started(port)
  try {
    assert.equal(first.url, `http://127.0.0.1:${port}/`)
    assert.notEqual(second.url, first.url)
    assert.ok(Number(new URL(second.url).port) > port)
    for (const { url } of [first, second]) {
      const page = await fetch(url)
      assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8')
      assert.match(await page.text(), /<title>cosine_similarity/)
    }
    for (const outside of ['nowhere', '..%2f..%2fpackage.json', '%2e%2e/package.json'])
      assert.equal((await fetch(first.url + outside)).status, 404)
  } finally {
    await interrupted(first.child)
    await interrupted(second.child)
  }
})
