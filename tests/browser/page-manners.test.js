/** The page’s manners: no sideways scrolling, targets that can be touched, nothing that axe finds wrong. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { cell, output, pageTest, preset, root } from './browser.js'

/** The places where something is wider than the window. */
const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

for (const width of [320, 760, 2560])
  pageTest(
    `does not scroll sideways at ${width} px`,
    async (page) => {
      for (const shape of ['2×2', '2×3', '3×2', '1×4']) {
        await preset(page, shape).click()
        await cell(page, 'A, row 0, column 1').fill('-123456.789')
        assert.ok((await tooWide(page)) <= 0, shape)
      }
      await cell(page, 'A, row 0, column 1').fill('unreadable'.repeat(8))
      assert.ok((await tooWide(page)) <= 0, 'with a message')
    },
    { viewport: { width, height: 700 } },
  )

pageTest(
  'is large enough to be touched',
  async (page) => {
    for (const target of await page.locator('input:visible, button:visible').all()) {
      const { width, height } = await target.boundingBox()
      assert.ok(width >= 24 && height >= 24, await target.evaluate((node) => node.outerHTML))
    }
  },
  { viewport: { width: 320, height: 700 } },
)

const violations = async (page) => {
  await page.evaluate(await readFile(root('node_modules/axe-core/axe.min.js'), 'utf8'))
  const { violations } = await page.evaluate(() => globalThis.axe.run())
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

const PINNED_AND_WRONG = '#a=[[1,2,2],[3,4,-1]]&b=[[5,6,1],[7,8,x]]&eps=9&pin=dim0:0,2'
const PAIRS = '#a=[[[1,2]],[[3,4]]]&b=[[[5,6],[7,8]]]&dim=-1,0'
const TAUGHT = '#dim=2&code=SciPy&target=[[1,x]]&behaviored=[[2,3],[-1,-1]]&quiz=5'
const SUM_OF_0 = '#a=[[0,0,0],[3,4,-1]]&b=[[5,6,1],[7,8,3]]&code=NumPy&target=[1,0]&behaviored=[[2,0],[-1,0]]&quiz=23'
const NO_BROADCAST = '#a=[[1,2,3]]&b=[[1,2]]&zz=1'

for (const colorScheme of ['light', 'dark'])
  for (const hash of ['', PINNED_AND_WRONG, PAIRS, NO_BROADCAST, TAUGHT, SUM_OF_0])
    for (const lang of ['en', 'zh-Hans'])
      pageTest(
        `axe finds nothing wrong, ${colorScheme}, ${lang}, ${hash || 'at first'}`,
        async (page) => {
          if (hash === '') await output(page, 0, 1).click()
          await page.locator('.quiz input').last().check()
          await page.locator('.quiz [type=submit]').click()
          assert.deepEqual(await violations(page), [])
        },
        { colorScheme, hash: `${hash || '#'}&lang=${lang}`, browsers: ['chromium'] },
      )

for (const hash of [PAIRS, NO_BROADCAST, TAUGHT, SUM_OF_0, `${PINNED_AND_WRONG}&lang=zh-Hans`])
  pageTest(
    `does not scroll sideways at 320 px, ${hash}`,
    async (page) => {
      assert.ok((await tooWide(page)) <= 0)
    },
    { viewport: { width: 320, height: 700 }, hash },
  )
