/**
 * Without scripts, or without a feature that the explorer needs, the worked example stays, in the reader's language,
 * and a line says why.
 */
import assert from 'node:assert/strict'
import { pageTest, SEED, textOf } from './browser.js'

/** What a reader sees of the panels, in the worked example or in the explorer. */
async function said(within) {
  const texts = within.locator('.call, .chips, .words, .head, .value, .plain p, .line > .unseen, .angle, h3')
  const all = await texts.filter({ visible: true }).evaluateAll((nodes) => nodes.map((node) => node.innerText))
  return all.map((text) => text.replace(/\s+/g, ' ').trim())
}

const RESULTS = SEED.map((result, dim) => `F.cosine_similarity(A, B, dim=${dim}) ${result}`)

async function standsWith(page, words) {
  const texts = await said(page.locator('cosine-dim'))
  assert.deepEqual(
    texts.filter((text) => text.startsWith('F.')),
    RESULTS,
  )
  assert.ok(texts.some((text) => text.startsWith(words)))
  for (const id of ['#tools', '#hide']) assert.ok(!(await page.locator(id).isVisible()))
}

for (const [hash, line, words] of [
  ['', 'Without scripts this is a worked example.', 'Index 0 runs ↓ and disappears. Index 1 stays'],
  ['#lang=zh-Hans', '没有脚本时，这里是一个固定的示例', '下标 0 沿 ↓ 方向变化，然后消失。下标 1 保留'],
])
  pageTest(
    `without scripts the worked example stays, and a line says so, ${hash}`,
    async (page) => {
      const notices = page.locator('noscript p')
      assert.ok((await notices.allInnerTexts()).some((text) => text.startsWith(line)))
      assert.ok(await notices.first().isVisible())
      await standsWith(page, words)
    },
    { javaScriptEnabled: false, waitFor: 'noscript p', hash },
  )

/** Each function runs before the page's scripts and removes a feature. */
const LACKS = {
  'no WebAssembly': () => {
    Object.assign(globalThis, { WebAssembly: undefined })
  },
  'no SIMD': () => {
    for (const name of ['compile', 'instantiate'])
      WebAssembly[name] = async () => {
        throw new WebAssembly.CompileError('Wasm SIMD unsupported')
      }
    class Module {
      constructor() {
        throw new WebAssembly.CompileError('Wasm SIMD unsupported')
      }
    }
    Object.assign(WebAssembly, { Module })
  },
  'no constructable style sheets': () => {
    Object.assign(globalThis, { CSSStyleSheet: undefined })
  },
}

for (const [lack, takeAway] of Object.entries(LACKS))
  for (const [hash, line, words] of [
    ['', 'The numbers below are a fixed example', 'Index 1 runs → and disappears. Index 0 stays'],
    ['#lang=zh-Hans', '下面的数字是固定的示例', '下标 1 沿 → 方向变化，然后消失。下标 0 保留'],
  ])
    pageTest(
      `with ${lack} the worked example stays, equal to the explorer’s first state, and a line says why, ${hash}`,
      async (page) => {
        const alert = await textOf(page.getByRole('alert'))
        assert.ok(alert.startsWith(line) && alert.includes('Firefox 101'), alert)
        await standsWith(page, words)
        const live = await page.context().newPage()
        await live.goto(page.url())
        await live.locator('.explorer').waitFor()
        assert.deepEqual(await said(page.locator('cosine-dim')), await said(live.locator('.explorer .panels')))
        assert.equal(await live.title(), await page.title())
      },
      { prepare: (page) => page.addInitScript(takeAway), waitFor: '[role=alert]', hash },
    )

// Chrome 91 to 114 refuse to compile more than 4 KB synchronously on the main thread.
pageTest(
  'starts when only asynchronous compilation is allowed',
  async (page) => {
    assert.equal(
      await page.evaluate(() => {
        try {
          return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)))
        } catch (error) {
          return /** @type {Error} */ (error).name
        }
      }),
      'RangeError',
    )
    assert.deepEqual(
      (await said(page.locator('.explorer'))).filter((text) => text.startsWith('F.')),
      RESULTS,
    )
  },
  {
    prepare: (page) =>
      page.addInitScript(() => {
        class Module {
          constructor() {
            throw new RangeError('WebAssembly.Compile is disallowed on the main thread')
          }
        }
        Object.assign(WebAssembly, { Module })
      }),
  },
)
