/** Lines in Chinese, where a line may break between any two characters. */
import assert from 'node:assert/strict'
import { pageTest, SAME } from './browser.js'

for (const width of [320, 390, 1280])
  pageTest(
    `in 中文 the names of rows and columns break at most before their arrow, ${width}`,
    async (page) => {
      const names = page.locator('.explorer .drawing .heads > *')
      assert.deepEqual(
        (await names.allInnerTexts()).map((name) => name.replace(/\s/g, ' ')),
        ['第 0 列 ↓', '第 1 列 ↓', '第 2 列 ↓', '第 0 行 →', '第 1 行 →'],
      )
      const lines = await names.evaluateAll((all) =>
        all.map((node) => {
          const range = document.createRange()
          const [text] = [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE)
          range.setStart(text, 0)
          range.setEnd(text, '第 0 行'.length)
          return new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom))).size
        }),
      )
      assert.ok(
        lines.every((count) => count === 1),
        `${lines}`,
      )
      const stage = page.locator('.explorer .stage').nth(1)
      assert.ok(await stage.evaluate((node) => node.scrollWidth <= node.clientWidth + 1))
      // In the press, a name that has no room is its number.
      const labels = await page.locator('.collapse .presses .lane').allTextContents()
      for (const label of labels) assert.match(label.replace(/\s/g, ' '), /^(第 \d [行列] [→↓]|\d ↓)$/)
    },
    {
      ...(width === 320 ? {} : SAME),
      viewport: { width, height: 800 },
      hash: '#lang=zh-Hans&example=2x3&stage=cosine',
      reads: true,
    },
  )
