/**
 * Without scripts, or without a feature that the explorer needs, the worked example stays, in the reader's language,
 * and a line says why, and who can mend it.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { pageTest, root, SAME, SEED, textOf } from './browser.js'

/** What a reader sees of the panels, in the worked example or in the explorer. */
async function said(within) {
  const texts = within.locator('.call, .chips, .words, .head, .value, .plain .unseen, .line > .unseen, .angle, h3')
  const seen = texts.filter({ visible: true })
  const all = await seen.allInnerTexts().catch(() => oneByOne(seen))
  return all.map((text) => text.replace(/\s+/g, ' ').trim())
}

/** Where a policy forbids eval, older Firefoxes run no function of ours. This takes them ten times as long. */
async function oneByOne(texts) {
  const all = []
  for (const text of await texts.all()) all.push(await text.innerText())
  return all
}

const RESULTS = SEED.map((result, dim) => `F.cosine_similarity(A, B, dim=${dim}) ${result}`)

async function standsWith(page, words) {
  await page.locator('cosine-dim > .panels').waitFor()
  const texts = await said(page.locator('cosine-dim'))
  assert.deepEqual(
    texts.filter((text) => text.startsWith('F.')),
    RESULTS,
  )
  assert.ok(texts.some((text) => text.startsWith(words)))
  for (const id of ['#share', '#present']) assert.ok(!(await page.locator(id).isVisible()))
  assert.ok(!(await page.locator('.late').isVisible()))
}

for (const [hash, line, words] of [
  [
    '',
    'Without scripts this is a worked example.',
    'Axis 0 is squeezed ↓ and vanishes. Axis 0 is squeezed down and vanishes. Axis 1 stays',
  ],
  [
    '#lang=zh-Hans',
    '没有脚本时，这里是一个固定的示例',
    '轴 0 沿 ↓ 方向压掉，然后消失。 轴 0 向下压掉，然后消失。 轴 1 保留',
  ],
])
  pageTest(
    `without scripts the worked example stays, and a line says so, ${hash}`,
    async (page) => {
      const notices = page.locator('noscript p')
      assert.ok((await notices.allInnerTexts()).some((text) => text.startsWith(line)))
      assert.ok(await notices.first().isVisible())
      assert.equal(await page.locator('.late').evaluate((late) => getComputedStyle(late).display), 'none')
      await standsWith(page, words)
    },
    { javaScriptEnabled: false, waitFor: 'noscript p', hash },
  )

/** Runs before the page's scripts. */
const before = (takeAway) => (page) => page.addInitScript(takeAway)

/** Sends a policy that forbids WebAssembly. The page's own allows it, and both have to. */
const withPolicy = async (page) => {
  const headers = { 'content-security-policy': "script-src 'self'" }
  await page.route('**/page.html', async (route) =>
    route.fulfill({ contentType: 'text/html', headers, body: await readFile(root('dist/page/index.html'), 'utf8') }),
  )
}

/** What is missing: how, what the reader is told in both languages, and what developers are told. */
const LACKS = {
  'WebAssembly deleted': {
    prepare: before(() => Reflect.deleteProperty(globalThis, 'WebAssembly')),
    says: [/Lockdown Mode.*exempt this site.*administrator/, /锁定模式.*把本网站设为例外.*管理员/],
    logs: /This engine has no WebAssembly/,
  },
  'WebAssembly undefined': {
    prepare: before(() => Object.assign(globalThis, { WebAssembly: undefined })),
    says: [/Lockdown Mode.*exempt this site.*administrator/, /锁定模式.*把本网站设为例外.*管理员/],
    logs: /This engine has no WebAssembly/,
  },
  'no SIMD': {
    prepare: before(() => {
      const refuse = () => {
        throw new WebAssembly.CompileError('Wasm SIMD unsupported')
      }
      Object.assign(WebAssembly, { validate: () => false, Module: refuse, compile: refuse, instantiate: refuse })
    }),
    says: [/too old.*Update the browser: .*Firefox 101/, /太旧.*请更新浏览器.*Firefox 101/],
    logs: /cosdim needs WebAssembly with SIMD/,
  },
  'a policy that forbids compiling': {
    prepare: withPolicy,
    at: 'page.html',
    says: [
      /browser is fine.*site’s owner.*'wasm-unsafe-eval'.*script-src/,
      /浏览器没有问题.*管理者.*script-src.*'wasm-unsafe-eval'/,
    ],
    logs: /Compiling WebAssembly is forbidden here/,
  },
  'no memory': {
    prepare: before(() => {
      WebAssembly.instantiate = async () => {
        throw new RangeError('WebAssembly.instantiate(): Out of memory')
      }
    }),
    says: [/not enough memory. Close other tabs/, /内存不足。请关闭其他标签页/],
    logs: /There is not enough memory left/,
  },
  'no constructable style sheets': {
    prepare: before(() => Object.assign(globalThis, { CSSStyleSheet: undefined })),
    says: [/Firefox 101.*\(.*CSSStyleSheet/, /Firefox 101.*（.*CSSStyleSheet/],
    logs: /CSSStyleSheet/,
  },
}

const LANGUAGES = [
  [
    '',
    'The numbers below are a fixed example',
    'Axis 1 is squeezed → and vanishes. Axis 1 is squeezed sideways and vanishes. Axis 0 stays',
  ],
  ['#lang=zh-Hans', '下面的数字是固定的示例', '轴 1 沿 → 方向压掉，然后消失。 轴 1 向右压掉，然后消失。 轴 0 保留'],
]

/* Each is seen in both languages. Only the first tells whether the link's language is the first. */
const STARTS = Object.keys(LACKS).flatMap((lack, place) =>
  place
    ? [[lack, 0]]
    : [
        [lack, 0],
        [lack, 1],
      ],
)

for (const [lack, i] of /** @type {[string, number][]} */ (STARTS)) {
  const { says, logs, prepare, ...options } = LACKS[lack]
  const [hash, line, words] = LANGUAGES[i]
  const logged = []
  pageTest(
    `with ${lack} the worked example stays, equal to the explorer’s first state, and a line says why, ${hash}`,
    async (page) => {
      const alert = page.getByRole('alert')
      assert.ok((await textOf(alert)).startsWith(line))
      assert.match(await textOf(alert), says[i])
      assert.ok(
        logged.some((text) => logs.test(text)),
        `${logged}`,
      )
      assert.equal(await page.locator('cosine-dim:not(:defined) + .late').count(), 0, 'no line about loading')
      await standsWith(page, words)
      const live = await page.context().newPage()
      await live.goto(page.url().replace('page.html', ''))
      await live.locator('.explorer').waitFor()
      assert.deepEqual(await said(page.locator('cosine-dim')), await said(live.locator('.explorer .panels')))
      assert.equal(await live.title(), await page.title())

      await page.locator('#language').click()
      const [, otherLine, otherWords] = LANGUAGES[1 - i]
      assert.ok((await textOf(alert)).startsWith(otherLine))
      assert.match(await textOf(alert), says[1 - i])
      await standsWith(page, otherWords)
    },
    {
      ...(lack !== 'a policy that forbids compiling' ? SAME : {}),
      ...options,
      prepare: async (page) => {
        logged.length = 0
        page.on('console', (message) => message.type() === 'error' && logged.push(message.text()))
        await prepare(page)
      },
      waitFor: '[role=alert]',
      hash,
      mayComplain: true,
    },
  )
}

pageTest(
  'an element without content says that it does not run',
  async (page) => {
    assert.match(await textOf(page.getByRole('alert')), /^This interactive example does not run here\. .*too old/)
  },
  {
    ...SAME,
    at: 'host.html',
    prepare: async (page) => {
      await LACKS['no SIMD'].prepare(page)
      await page.route('**/host.html', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><cosine-dim>\n</cosine-dim><script type="module" src="page.js"></script>',
        }),
      )
    },
    waitFor: '[role=alert]',
    mayComplain: true,
  },
)

pageTest(
  'a page whose script does not load says so after a while',
  async (page) => {
    const late = page.locator('.late')
    assert.ok(!(await late.isVisible()))
    await page.evaluate(() => {
      for (const animation of document.getAnimations()) animation.finish()
    })
    assert.match(await late.innerText(), /Check the connection, then reload the page.*\s.*请检查网络连接/s)
    assert.ok(await late.isVisible())
  },
  { prepare: (page) => page.route('**/page.js', (route) => route.abort()), waitFor: 'cosine-dim', mayComplain: true },
)

// Chrome 91 to 114 refuse to compile more than 4 KB synchronously on the main thread.
pageTest(
  'starts when only asynchronous compilation is allowed',
  async (page) => {
    assert.equal(
      await page.evaluate(() => {
        try {
          return Boolean(new WebAssembly.Module(new Uint8Array(4097)))
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
    ...SAME,
    prepare: (page) =>
      page.addInitScript(() => {
        const { Module } = WebAssembly
        class Small extends Module {
          constructor(bytes) {
            if (bytes.byteLength > 4096) throw new RangeError('WebAssembly.Compile is disallowed on the main thread')
            super(bytes)
          }
        }
        Object.assign(WebAssembly, { Module: Small })
      }),
  },
)
