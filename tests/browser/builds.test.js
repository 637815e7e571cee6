/** The builds: the page as one file from file://, and the element by itself on a foreign page. */
import assert from 'node:assert/strict'
import { COLOR_SCHEMES, cell, host, output, pageTest, preset, printed, SAME, SEED } from './browser.js'

/** @typedef {import('../../types/explorer.js').CosineDimElement} CosineDimElement */

const ONE_FILE = { file: 'cosdim.html', offline: true }

pageTest(
  'the single file works from file:// without a network, under its own policy',
  async (page) => {
    assert.deepEqual(await printed(page), SEED)
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-Hans')
    await page.getByRole('button', { name: 'English' }).click()
    await cell(page, 'A, row 0, column 1').fill('-9')
    await output(page, 0, 1).click()
    assert.deepEqual(await printed(page), ['tensor([ 0.9558, -0.2234])', 'tensor([-0.6928,  0.9972])'])
    await preset(page, '2×3').click()
    await page.goBack()
    assert.equal(await cell(page, 'A, row 0, column 1').inputValue(), '-9')
    await page.reload()
    await page.locator('.explorer').waitFor()
    assert.deepEqual(await printed(page), ['tensor([ 0.9558, -0.2234])', 'tensor([-0.6928,  0.9972])'])
  },
  { ...ONE_FILE, hash: '#lang=zh-Hans' },
)

pageTest(
  'the single file’s policy blocks other scripts and requests',
  async (page) => {
    const blocked = await page.evaluate(async () => {
      const directives = []
      document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective))
      const script = document.createElement('script')
      script.textContent = 'globalThis.isIn = true'
      document.head.append(script)
      await fetch('http://127.0.0.1:9/').catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 100))
      return { directives, isIn: globalThis.isIn }
    })
    assert.deepEqual(blocked, { directives: ['script-src-elem', 'connect-src'], isIn: undefined })
  },
  { ...ONE_FILE, mayComplain: true },
)

pageTest(
  'the element is one module: a foreign page’s attributes and custom properties apply, its other styles do not',
  async (page) => {
    assert.deepEqual(await printed(page), ['tensor([1.0000, 0.7071])'])
    const explorer = page.locator('.explorer')
    assert.equal(await explorer.getAttribute('lang'), 'zh-Hans')
    assert.deepEqual(
      await explorer.evaluate((node) => {
        const { color, fontFamily } = getComputedStyle(node)
        const button = getComputedStyle(/** @type {Element} */ (node.querySelector('button.choice')))
        return [color, fontFamily, button.textTransform, document.title, location.hash]
      }),
      ['rgb(1, 2, 3)', 'Georgia', 'none', 'host', ''],
    )
  },
  host(`<style>cosine-dim { --cosine-dim-ink: rgb(1, 2, 3); --cosine-dim-font: Georgia } button { text-transform: uppercase }</style>
    <cosine-dim a="[[1, 0], [0, 1]]" b="[[1, 0], [1, 1]]" dim="1" lang="zh-Hans">1 and 0</cosine-dim>`),
)

pageTest(
  'several explorers on a page stay independent, even after one is moved',
  async (page) => {
    const [one, other] = [page.locator('#one'), page.locator('#other')]
    const results = (of) => of.locator('.call output').allTextContents()
    assert.deepEqual(await results(one), ['tensor(0.)'])
    assert.deepEqual(await results(other), ['tensor(0.9600)'])
    await other.locator('.inputs').getByLabel('A, index 0', { exact: true }).fill('-4')
    assert.deepEqual(await results(one), ['tensor(0.)'])
    assert.deepEqual(await results(other), ['tensor(-0.1414)'])

    for (const each of [one, other]) await each.locator('button.output').click()
    const pinned = () =>
      Promise.all([one, other].map((each) => each.locator('button.output').getAttribute('aria-pressed')))
    assert.deepEqual(await pinned(), ['true', 'true'])
    await other.locator('button.output').press('Escape')
    assert.deepEqual(await pinned(), ['true', 'false'])

    await other.evaluate((node) => document.body.prepend(node))
    await page.keyboard.press('Escape')
    assert.deepEqual(await pinned(), ['false', 'false'])
    assert.deepEqual(await results(other), ['tensor(-0.1414)'])
  },
  {
    ...host(`<cosine-dim id="one" a="[1, 0]" b="[0, 1]"></cosine-dim>
    <cosine-dim id="other" a="[3, 4]" b="[4, 3]"></cosine-dim>`),
    ...SAME,
  },
)

pageTest(
  'a language set before the explorer is ready is the one it starts in',
  async (page) => {
    await page.evaluate(async () => {
      const explorer = document.createElement('cosine-dim')
      explorer.id = 'late'
      explorer.language = 'zh-Hans'
      document.body.append(explorer)
      await explorer.ready
    })
    assert.equal(await page.locator('#late .explorer').getAttribute('lang'), 'zh-Hans')
  },
  { ...host('<cosine-dim></cosine-dim>'), ...SAME },
)

/** The custom properties, which tests/page/types.test.js compares with the style sheets. */
const PROPERTIES = [
  ...['font', 'mono', 'ink', 'muted', 'paper', 'surface', 'line', 'control', 'focus', 'wrong', 'wrong-tint'],
  ...[0, 1, 2, 3, 4, 5].flatMap((lane) => [`lane-${lane}`, `lane-${lane}-tint`]),
  ...[1, 2, 3, 4, 5].map((lane) => `lane-${lane}-mark`),
]

for (const colorScheme of COLOR_SCHEMES)
  pageTest(
    `each custom property takes the foreign page’s value, ${colorScheme}`,
    async (page) => {
      const own = await page.locator('.explorer').evaluate((node, names) => {
        const style = getComputedStyle(node)
        return names.map((name) => style.getPropertyValue(`--${name}`).trim())
      }, PROPERTIES)
      assert.deepEqual(
        own,
        PROPERTIES.map((_, i) => `given-${i}`),
      )
    },
    {
      ...SAME,
      ...host(`<style>cosine-dim { ${PROPERTIES.map((name, i) => `--cosine-dim-${name}: given-${i}`).join(';')} }</style>
    <cosine-dim></cosine-dim>`),
      colorScheme,
    },
  )

pageTest(
  'a page gets events for its reader’s changes, not for its own',
  async (page) => {
    await page.locator('cosine-dim').evaluate((/** @type {CosineDimElement} */ explorer) => {
      globalThis.told = []
      explorer.addEventListener('statechange', ({ detail }) => globalThis.told.push(detail.isNavigation))
      explorer.hash = '#eps=2'
      explorer.setAttribute('a', '[[1, 0], [0, 1]]')
      explorer.setAttribute('b', '[[5, 6], [7, 8]]')
    })
    assert.equal(await cell(page, 'A, row 0, column 1').inputValue(), '0')
    await cell(page, 'A, row 0, column 1').fill('5')
    await preset(page, '2×3').click()
    assert.deepEqual(await page.evaluate(() => globalThis.told), [false, true])
  },
  { ...host('<cosine-dim></cosine-dim>'), ...SAME },
)
