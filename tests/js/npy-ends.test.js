/** cosdim/npy: how reading ends, by break, by an error and by a signal, and what never begins. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { npyChunks, npyHeader } from 'cosdim/npy'
import { collect, file, twelveRows } from './npy-files.js'
import { cut, SOURCES, streamOf } from './npy-sources.js'

for (const [x, words] of /** @type {[any, RegExp][]} */ ([
  ['a.npy', /got "a\.npy"\. Pass \(await fetch\(url\)\)\.body, or createReadStream\(path\) of node:fs\./],
  [Promise.resolve(), /got a Promise\. Await it first\./],
  [new Response('x'), /got a Response\. Pass its body\./],
  [new Uint8Array(2), /got an? Uint8Array\. .*fromNpy\(bytes\)/],
  [new ArrayBuffer(2), /got an ArrayBuffer\. .*fromNpy/],
  [null, /a Blob or a FileHandle, got null\./],
  [undefined, /got undefined\./],
  [[new Uint8Array(2)], /got an array\./],
]))
  test(`a source that is none: ${words}`, async () => {
    assert.throws(() => npyChunks(x), { name: 'TypeError', message: words })
    await assert.rejects(npyHeader(x), { name: 'TypeError', message: words })
  })

test('what the message says to pass leaves no file open', async () => {
  const script = `
    import { createReadStream } from 'node:fs'
    import { setTimeout as delay } from 'node:timers/promises'
    import { npyChunks, npyHeader } from 'cosdim/npy'
    const path = 'tests/golden/npy/f4-C-big.npy'
    for (const read of [() => npyChunks(path), async () => npyHeader(path)]) {
      const advice = await Promise.resolve().then(read).catch(({ message }) => /or (create.*) of node:fs\\./.exec(message)[1])
      const source = Function('createReadStream', 'path', 'return ' + advice)
      for await (const _ of npyChunks(source(createReadStream, path)));
      await npyHeader(source(createReadStream, path))
    }
    for (let i = 0; i < 5; i++) {
      gc()
      await delay(5)
    }`
  const { stderr } = await promisify(execFile)(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
  })
  assert.equal(stderr, '')
})

test('a loop that ends early cancels the stream', async () => {
  const stream = streamOf(twelveRows(), [30])
  for await (const chunk of npyChunks(stream, { rows: 2 })) if (chunk) break
  assert.deepEqual([stream.state.cancelled, stream.locked], [true, false])

  const readable = Readable.from(cut(twelveRows(), [30]))
  for await (const chunk of npyChunks(readable, { rows: 2 })) if (chunk) break
  assert.equal(readable.destroyed, true)

  const failing = streamOf(twelveRows(), [30])
  const loop = async () => {
    for await (const chunk of npyChunks(failing, { rows: 2 })) throw new Error(`no ${chunk.length}`)
  }
  await assert.rejects(loop, /no 2/)
  assert.equal(failing.state.cancelled, true)
})

test('an error ends the stream, and a file stays open', async () => {
  const stream = streamOf(Buffer.from('nothing like it, but long'), [10])
  await assert.rejects(collect(stream), { code: 'NOT_NPY' })
  assert.deepEqual([stream.state.cancelled, stream.locked], [true, false])

  const handle = await open(new URL('../golden/npy/version-1.npy', import.meta.url))
  for await (const chunk of npyChunks(handle)) if (chunk) break
  assert.equal((await collect(handle, { rows: 5 })).length, 3)
  await handle.close()
})

test('an error of the source is given on', async () => {
  const broken = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
  const source = async function* () {
    yield twelveRows().subarray(0, 150)
    throw broken
  }
  const chunks = npyChunks(source(), { rows: 1 })
  assert.equal((await chunks.next()).value?.length, 1)
  await assert.rejects(chunks.next(), broken)
  const failing = new ReadableStream({ pull: (controller) => controller.error(broken) })
  await assert.rejects(collect(failing), broken)
})

test('a source that changes length while it is read', async () => {
  const bytes = file('f8-F-big')
  let length = bytes.length
  const handle = {
    stat: async () => ({ size: length }),
    read: async (into, _, count, position) => {
      const found = bytes.subarray(position, Math.min(length, position + count))
      into.set(found)
      return { bytesRead: found.length }
    },
  }
  const chunks = npyChunks(handle, { rows: 3 })
  await chunks.next()
  length -= 30
  await assert.rejects(chunks.next(), { code: 'CUT_OFF', message: /280 bytes of elements were announced, 250 came/ })
})

test('a source that gives more or less than it says', async () => {
  const message = /^The source says that it gave .+ bytes, where \d+ were asked for\.$/
  for (const bytesRead of [-1, 0.5, 2 ** 40, NaN, undefined, '8']) {
    /** @type {any} */
    const handle = { read: async () => ({ bytesRead }), stat: async () => ({ size: 100 }) }
    await assert.rejects(collect(handle), { name: 'TypeError', message }, String(bytesRead))
    await assert.rejects(npyHeader(handle), { name: 'TypeError', message }, String(bytesRead))
  }
  /** @type {any} */
  const blob = { size: 100, slice: () => blob, arrayBuffer: async () => new ArrayBuffer(5000) }
  await assert.rejects(collect(blob), { name: 'TypeError', message })
})

test('pieces may be of a subclass with methods of its own', async () => {
  class Piece extends Uint8Array {
    get length() {
      return 7
    }
    subarray() {
      return /** @type {any} */ ({ length: 2 ** 40 })
    }
  }
  async function* pieces() {
    yield new Piece(twelveRows())
  }
  assert.deepEqual((await collect(pieces()))[0].tolist(), (await collect(streamOf(twelveRows(), [30])))[0].tolist())
})

test('a signal ends reading at once', async () => {
  const reason = new Error('enough')
  for (const header of [new Uint8Array(), twelveRows().subarray(0, 150)]) {
    const controller = new AbortController()
    let cancelled
    const stalled = new ReadableStream({
      start: (stream) => header.length && stream.enqueue(header),
      cancel: (why) => {
        cancelled = true
        return new Promise(() => why) // never done
      },
    })
    const chunks = npyChunks(stalled, { rows: 1, signal: controller.signal })
    if (header.length) assert.equal((await chunks.next()).value?.length, 1)
    const next = chunks.next()
    setTimeout(() => controller.abort(reason), 5)
    await assert.rejects(next, reason)
    assert.deepEqual([cancelled, stalled.locked], [true, false])
  }
  const controller = new AbortController()
  const never = { stat: async () => ({ size: 1e9 }), read: () => new Promise(() => {}) }
  const next = npyChunks(/** @type {any} */ (never), { signal: controller.signal }).next()
  controller.abort()
  await assert.rejects(next, { name: 'AbortError' })
})

test('a signal that aborted before, or while a chunk is in use', async () => {
  const reason = new Error('enough')
  const early = streamOf(twelveRows(), [30])
  await assert.rejects(collect(early, { signal: AbortSignal.abort(reason) }), reason)
  assert.deepEqual([early.state.given, early.state.cancelled], [0, true])
  await assert.rejects(npyHeader(streamOf(twelveRows(), [30]), { signal: AbortSignal.abort(reason) }), reason)

  for (const [kind, use] of Object.entries(SOURCES)) {
    const controller = new AbortController()
    let seen = 0
    const loop = async (source) => {
      for await (const _ of npyChunks(source, { rows: 1, signal: controller.signal }))
        if (++seen === 3) controller.abort(reason)
    }
    await assert.rejects(use(file('f4-F-little'), [64], loop), reason, kind)
    assert.equal(seen, 3)
  }
})

test('no listener stays at the signal', async () => {
  let listeners = 0
  const counting = {
    aborted: false,
    addEventListener: () => void listeners++,
    removeEventListener: () => void listeners--,
  }
  await collect(streamOf(twelveRows(), [30]), { rows: 1, signal: counting })
  assert.equal(listeners, 0)
})
