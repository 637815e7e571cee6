/** Bundles each Worker as Cloudflare's tool does, leaving the module to the runtime, and sends it a request. */
import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'

const OLDEST = '2022-01-01'
const NEWEST = '2026-07-30'

const wasm = {
  type: 'CompiledWasm',
  path: 'cosdim/cosdim.wasm',
  contents: readFileSync('node_modules/cosdim/dist/cosdim.wasm'),
}

async function bundled(name) {
  const { outputFiles } = await build({
    entryPoints: [name],
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['*.wasm'],
    write: false,
  })
  return { type: 'ESModule', path: 'worker.js', contents: outputFiles[0].text }
}

async function outcome(modules, compatibilityDate) {
  const worker = new Miniflare({ compatibilityDate, modules })
  try {
    return await (await worker.dispatchFetch('http://worker/')).text()
  } catch ({ message }) {
    return message
  } finally {
    await worker.dispose().catch(() => {}) // what failed to start fails to stop
  }
}

for (const name of ['top.js', 'handler.js', 'forbidden.js'])
  for (const date of [OLDEST, NEWEST]) {
    const said = await outcome([await bundled(name), wasm], date)
    console.log(`${name}, ${date}: ${said}`)
    if (said !== 'all calls agree') process.exitCode = 1
  }
