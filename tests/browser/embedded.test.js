/** The element on foreign pages: readable in any colour scheme and width, and clear about attributes that are wrong. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { COLOR_SCHEMES, host, pageTest, printed, root, SAME, SEED, textOf, tooWide } from './browser.js'

/** Texts with too little contrast, as axe sees them. */
async function illegible(page) {
  await page.evaluate(await readFile(root('node_modules/axe-core/axe.min.js'), 'utf8'))
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run({ runOnly: ['color-contrast'], resultTypes: ['violations'] })
    return violations.flatMap(({ nodes }) => nodes.slice(0, 3).map(({ html, any }) => `${any[0].message} ${html}`))
  })
}

/** Whether the element, a panel and an input are light or dark. */
const schemesOf = (page) =>
  page.locator('cosine-dim').evaluate((explorer) => {
    const parts = ['.panel', 'input[type=text]'].map((part) => explorer.shadowRoot.querySelector(part))
    return [explorer, ...parts].map((part) => {
      const [r, g, b, opacity] =
        getComputedStyle(part)
          .backgroundColor.match(/[\d.]+/g)
          ?.map(Number) ?? []
      if (opacity !== undefined) return 'transparent'
      return r + g + b > 384 ? 'light' : 'dark'
    })
  })

const DARK_PAGE = '<style>body { background: #111; color: #eee }</style>'
const style = (text) => `<style>${text}</style>`

/** What a page says, the system's setting, and how the element is then. */
const SCHEMES = /** @type {const} */ ([
  ['', 'dark', 'light'],
  [DARK_PAGE, 'light', 'light'],
  [DARK_PAGE + style(':root { color-scheme: dark }'), 'light', 'dark'],
  [`${DARK_PAGE}<meta name="color-scheme" content="dark">`, 'light', 'dark'],
  [style(':root { color-scheme: light dark }'), 'light', 'light'],
  [style(':root { color-scheme: light dark }'), 'dark', 'dark'],
  [style('cosine-dim { color-scheme: dark }'), 'light', 'dark'],
  [DARK_PAGE + style(':root { color-scheme: dark } cosine-dim { color-scheme: light }'), 'dark', 'light'],
])

const ELEMENT = '<cosine-dim step="4"></cosine-dim>'

// Tall enough to draw everything, without transitions.
const OPTIONS = { viewport: { width: 1280, height: 8000 }, reducedMotion: /** @type {const} */ ('reduce') }

for (const [i, [says, colorScheme, shown]] of SCHEMES.entries())
  pageTest(
    `on a page with ${says || 'no style'}, on a ${colorScheme} system, the element is ${shown} and readable`,
    async (page) => {
      assert.deepEqual(await schemesOf(page), [shown, shown, shown])
      assert.deepEqual(await illegible(page), [])
    },
    { ...(i % 3 ? SAME : {}), ...OPTIONS, ...host(says + ELEMENT), colorScheme },
  )

for (const colorScheme of COLOR_SCHEMES)
  for (const says of ['', DARK_PAGE])
    pageTest(
      `without light-dark() the element follows the system, ${colorScheme}, and is readable, ${says || 'no style'}`,
      async (page) => {
        assert.deepEqual(await schemesOf(page), [colorScheme, colorScheme, colorScheme])
        const own = await page.locator('cosine-dim').evaluate((explorer) => getComputedStyle(explorer).colorScheme)
        assert.equal(own, 'light dark')
        assert.deepEqual(await illegible(page), [])
      },
      {
        ...(says ? SAME : {}),
        ...OPTIONS,
        ...host(says + ELEMENT, (script) => script.replace(/light-dark(?=\(red)/g, 'not-yet')),
        colorScheme,
      },
    )

pageTest(
  'the element follows a page that changes its colour scheme',
  async (page) => {
    for (const scheme of ['dark', 'light']) {
      await page.evaluate((scheme) => {
        document.documentElement.style.colorScheme = scheme
      }, scheme)
      assert.deepEqual(await schemesOf(page), [scheme, scheme, scheme])
    }
  },
  { ...OPTIONS, ...host(ELEMENT) },
)

pageTest(
  'on paper the element is light, whatever the page says',
  async (page) => {
    await page.emulateMedia({ media: 'print' })
    assert.deepEqual(await schemesOf(page), ['light', 'light', 'light'])
  },
  { ...host(style('cosine-dim { color-scheme: dark }') + ELEMENT), browsers: ['chromium'] },
)

/* In px, between a block of text and the end of the element's background. */
const ROOM = 8

for (const [where, width, before, after] of /** @type {const} */ ([
  ['a phone', 390, '', ''],
  ['a small phone', 320, '', ''],
  ['a narrow column', 1280, '<div style="width: 20rem">', '</div>'],
]))
  pageTest(
    `on ${where} no text touches the edge of the element, and nothing is cut off`,
    async (page) => {
      assert.ok((await tooWide(page)) <= 0)
      const edges = await page.locator('cosine-dim').evaluate((node) => {
        const { left, right } = node.getBoundingClientRect()
        return { left, right }
      })
      const blocks = page.locator('.explorer :is(h2, h3, p, pre, label):not(.unseen, .line)').filter({ visible: true })
      const touching = await blocks.evaluateAll(
        (all, { left, right, room }) =>
          all
            .map((block) => ({ text: block.textContent, box: block.getBoundingClientRect() }))
            .filter(({ box }) => box.left < left + room || box.right > right - room)
            .map(({ text }) => text),
        { ...edges, room: ROOM },
      )
      assert.ok((await blocks.count()) > 20)
      assert.deepEqual(touching, [])
    },
    { ...(width !== 320 ? SAME : {}), ...host(before + ELEMENT + after), viewport: { width, height: 900 } },
  )

/** What an element with wrong attributes says to readers and, in English, to developers. */
const WRONG = {
  'a="[[1, 2], [3]]" b="[[5, 6], [7, 8]]" dim="1"': {
    en: ['In the attribute a: its rows are not equally long.'],
    'zh-Hans': ['属性 a：各行的个数不一样。'],
  },
  'hide="quizz,notes,angels" dim="1"': {
    en: [
      'In the attribute hide: there is no section “quizz, angels”. There are story, collapse, inputs, contents, predict, panels, stepper, angles, code, cards, attention, quiz, notes.',
    ],
    'zh-Hans': [
      '属性 hide：没有名为“quizz、angels”的部分，可用的有 story、collapse、inputs、contents、predict、panels、stepper、angles、code、cards、attention、quiz、notes。',
    ],
  },
  'a="[[1, 2], [3, 4]]" dim="1"': {
    en: ['In the attribute b: its value is missing.'],
    'zh-Hans': ['属性 b：缺少值。'],
  },
}

for (const [attributes, says] of Object.entries(WRONG))
  for (const lang of ['en', 'zh-Hans']) {
    const warnings = []
    const { prepare, ...options } = host(`<cosine-dim ${attributes} lang="${lang}"></cosine-dim>`)
    pageTest(
      `wrong attributes are reported in the element and in the console, ${lang}, ${attributes}`,
      async (page) => {
        assert.deepEqual(await page.locator('.complaints p').allTextContents(), says[lang])
        assert.deepEqual(
          warnings.map((text) => text.replace(/ (JSHandle@node|node|\[object HTMLElement\])$/, '')),
          says.en,
        )
        assert.deepEqual(await printed(page), SEED.slice(1))
      },
      {
        ...SAME,
        ...options,
        prepare: async (page) => {
          warnings.length = 0
          page.on('console', (message) => /^warn/.test(message.type()) && warnings.push(message.text()))
          await prepare(page)
        },
        mayComplain: true,
      },
    )
  }

pageTest(
  'attributes that are right in the end leave no complaint, on a running element, too',
  async (page) => {
    await page.locator('cosine-dim').evaluate((explorer) => {
      explorer.setAttribute('a', '[[1, 0]]')
      explorer.setAttribute('b', '[[1, 1]]')
      explorer.setAttribute('dim', '1')
    })
    assert.deepEqual(await printed(page), ['tensor([0.7071])'])
    assert.equal(await page.locator('.complaints p').count(), 0)
  },
  { ...host('<cosine-dim></cosine-dim>'), ...SAME },
)

pageTest(
  'numbers are the reader’s own only if the reader changed them',
  async (page) => {
    const hint = page.getByText('You edited these')
    assert.equal(await hint.count(), 0)
    const first = page.getByRole('textbox').first()
    await first.fill('7')
    assert.equal(await hint.count(), 1)
    await first.press('Control+z')
    assert.equal(await hint.count(), 0)
    // (2, 2) and (1, 3) do not broadcast, so there is nothing to say of their sizes.
    assert.equal(await textOf(page.locator('.inputs .hint').first()), '')
  },
  { ...SAME, ...host('<cosine-dim a="[[1, 2], [3]]" b="[[5, 6, 1]]"></cosine-dim>'), mayComplain: true },
)

pageTest(
  'a page can hide the element',
  async (page) => {
    const explorer = page.locator('cosine-dim')
    await explorer.evaluate((element) => element.setAttribute('hidden', ''))
    assert.equal(await explorer.isVisible(), false)
  },
  host('<cosine-dim></cosine-dim>'),
)
