/**
 * What an edit costs: numbers change in place, so that the browser lays out and paints little else. What is counted is the
 * same on a slow machine.
 */
import assert from 'node:assert/strict'
import { cell, half, pageTest, printed, SAME, working } from './browser.js'

/** Records what is built from now on: the names of the elements that come into the explorer. */
const watch = (page) =>
  page.locator('.explorer').evaluate((explorer) => {
    globalThis.built = []
    new MutationObserver((records) => {
      for (const node of records.flatMap(({ addedNodes }) => [...addedNodes]))
        if (node instanceof Element)
          globalThis.built.push(...[node, ...node.querySelectorAll('*')].map(({ nodeName }) => nodeName))
    }).observe(explorer, { childList: true, subtree: true })
  })

/** Those names, once everything that follows an edit later has followed. */
const builtBy = async (page, act) => {
  await page.evaluate(() => {
    globalThis.built = []
  })
  await act()
  await page.waitForTimeout(400)
  return page.evaluate(() => globalThis.built)
}

const FIELDS = { 'of the press': half, 'of the editors': cell }
for (const [where, fieldOf] of Object.entries(FIELDS))
  pageTest(
    `An edit ${where} builds nothing anew, and every part has its numbers`,
    async (page) => {
      const field = fieldOf(page, 'A, row 0, column 0')
      // The first edit has the story say that the numbers are the reader's own.
      await field.fill('3')
      await page.waitForTimeout(400)
      await watch(page)
      assert.deepEqual(await builtBy(page, () => field.fill('2')), [])
      assert.deepEqual(await printed(page), ['tensor([0.9995, 0.9839])', 'tensor([0.9959, 0.9972])'])
      assert.match((await working(page, 0))[0], /2 times 5 plus 3 times 7/)
    },
    SAME,
  )
