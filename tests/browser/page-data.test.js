/**
 * Where numbers come from: examples checked against PyTorch, sizes, pasting and files. Also how little an edit redraws.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { textsIn } from '../../web/explorer/texts/languages.js'
import { npy } from '../page/npy.js'
import {
  boxOf,
  cell,
  half,
  MOVING,
  output,
  pageTest,
  panel,
  paste,
  preset,
  printed,
  root,
  SAME,
  SEED,
  textOf,
  unfold,
} from './browser.js'

const golden = JSON.parse(readFileSync(root('tests/golden/presets.json'), 'utf8'))
const en = textsIn('en')
for (const { name, answers } of golden)
  pageTest(
    `the example ${name} gives PyTorch’s results along each dim`,
    async (page) => {
      await preset(page, en(name) ?? name).click()
      for (const { dim, printed: expected, shape } of answers) {
        await page.locator('.explorer .panel').first().getByRole('radio').nth(dim).check()
        assert.equal((await printed(page))[0], expected)
        const buttons = page.locator('.explorer .panel').first().locator('button.output')
        assert.equal(
          await buttons.count(),
          shape.reduce((product, size) => product * size, 1),
        )
      }
    },
    { ...(name !== '2×3' ? SAME : {}) },
  )

pageTest(
  'an example describes its numbers',
  async (page) => {
    for (const [name, words] of /** @type {const} */ ([
      ['iris', /^150 iris flowers.*Anderson’s measurements, in Fisher 1936.*broadcast from \(1, 4\)/],
      ['all pairs', /^\(2, 1, 2\) with \(1, 2, 2\)/],
      ['2×2', /^Equal sizes hide which axis has vanished/],
      ['2×2×2', /^Equal sizes/],
      ['2×3', /^The sizes differ, so the shape of the result shows/],
      ['1×4', /^The sizes differ/],
    ])) {
      await preset(page, name).click()
      assert.match(await textOf(page.locator('.explorer .setting > .hint').first()), words)
    }
  },
  SAME,
)

const refusals = (page) => page.locator('.explorer .matrices [role=alert]').allTextContents()

pageTest(
  'a tensor pasted into a cell replaces the whole; unreadable text is reported and changes nothing',
  async (page) => {
    assert.equal(await paste(cell(page, 'B, row 1, column 1'), '9'), true)
    assert.equal(await paste(cell(page, 'B, row 1, column 1'), 'tensor([[5., 6.],\n        [7., 0.]])'), false)
    assert.equal(await cell(page, 'B, row 1, column 1').inputValue(), '0')
    const before = await printed(page)
    await paste(cell(page, 'A, row 0, column 0'), '[[1, 2], [3, x]]')
    assert.deepEqual(await refusals(page), [
      'A is as before. Line 1, character 14: this cell is “x”, which is not a number.',
      '',
    ])
    assert.deepEqual(await printed(page), before)
    await paste(cell(page, 'A, row 0, column 0'), '1\t2\n3\t5')
    assert.deepEqual(await refusals(page), ['', ''])
    assert.equal(await cell(page, 'A, row 1, column 1').inputValue(), '5')
    await page.goBack()
    assert.equal(await cell(page, 'A, row 1, column 1').inputValue(), '4')
  },
)

pageTest(
  'opens a file',
  async (page) => {
    const choose = (name, buffer) =>
      page
        .getByLabel('Open a file for A: .npy, .csv')
        .setInputFiles({ name, mimeType: '', buffer: Buffer.from(buffer) })
    await choose('a.npy', npy('<f4', 'True', '(2, 2)', Float32Array.of(1, 3, 2, 9)))
    await page.waitForFunction(() => document.querySelector('cosine-dim')?.hash.includes('[[1,2],[3,9]]'))
    // Otherwise the browser would not report choosing the same file again.
    assert.equal(await page.getByLabel('Open a file for A: .npy, .csv').inputValue(), '')
    await choose('a.csv', '\ufeff1,2\n3,4\n')
    await page.waitForFunction(() => document.querySelector('cosine-dim')?.hash === '')
    assert.deepEqual(await printed(page), SEED)
  },
  { browsers: ['chromium'] },
)

const button = (page, name) => page.getByRole('button', { name, exact: true })
const shapes = async (page) =>
  (await page.locator('.explorer .matrices caption').allTextContents()).map((text) =>
    text.replace(/\. Arrow keys.*/, ''),
  )

for (const [means, press] of Object.entries({
  mouse: (target) => target.click({ force: true }),
  keyboard: (target) => target.press('Enter'),
}))
  pageTest(
    `adds and removes rows and columns by ${means}, and the shapes still broadcast`,
    async (page) => {
      await unfold(page)
      await press(button(page, 'A: add a row'))
      assert.deepEqual(await shapes(page), ['A, shape (3, 2)', 'B, shape (3, 2)'])
      assert.equal((await printed(page))[1], 'tensor([0.9734, 0.9972, 0.9972])')
      await press(button(page, 'A: remove the last row'))
      await press(button(page, 'A: remove the last row'))
      assert.deepEqual(await shapes(page), ['A, shape (1, 2)', 'B, shape (2, 2)'])
      const broadcast = await printed(page)
      await press(button(page, 'A: add a row'))
      assert.deepEqual(await shapes(page), ['A, shape (2, 2)', 'B, shape (2, 2)'])
      assert.deepEqual(await printed(page), broadcast)
      await press(button(page, 'B: add a column'))
      assert.deepEqual(await shapes(page), ['A, shape (2, 3)', 'B, shape (2, 3)'])
      await page.goBack()
      assert.deepEqual(await shapes(page), ['A, shape (2, 2)', 'B, shape (2, 2)'])
      for (const _ of [1, 2, 3]) await press(button(page, 'B: remove the last column'))
      assert.deepEqual(await shapes(page), ['A, shape (2, 2)', 'B, shape (2, 1)'])
      assert.equal(await button(page, 'B: remove the last column').getAttribute('aria-disabled'), 'true')
    },
    { ...(means === 'mouse' ? SAME : {}) },
  )

pageTest('an edit of 150 × 4 numbers redraws only what changes', async (page) => {
  await preset(page, 'iris').click()
  const input = cell(page, 'A, row 1, column 1')
  await input.focus()
  await input.evaluate((node) => {
    globalThis.records = 0
    new MutationObserver((records) => {
      for (const { target } of records)
        if (/** @type {Element} */ (target).closest?.('.matrix, .stage')) globalThis.records++
    }).observe(node.getRootNode(), { subtree: true, childList: true, attributes: true, characterData: true })
  })
  await input.fill('9')
  const records = await page.evaluate(() => globalThis.records)
  // One cell and one output in each of the two drawings.
  assert.ok(records > 0 && records <= 16, `${records}`)
  assert.ok(await output(page, 1, 1).isVisible())
})

pageTest(
  'an edit of 150 × 4 numbers rebuilds few elements and only the changed part of the code',
  async (page) => {
    await preset(page, 'iris').click()
    const input = cell(page, 'A, row 1, column 1')
    await input.focus()
    await input.evaluate((node) => {
      globalThis.added = 0
      globalThis.code = node.getRootNode().querySelector('pre.code').firstChild
      new MutationObserver((records) => {
        for (const { addedNodes } of records)
          for (const one of /** @type {NodeListOf<Element>} */ (addedNodes))
            globalThis.added += 1 + (one.querySelectorAll?.('*').length ?? 0)
      }).observe(node.getRootNode(), { subtree: true, childList: true })
    })
    await input.fill('9')
    const { added, isKept } = await page.evaluate(() => ({
      added: globalThis.added,
      isKept: globalThis.code.isConnected,
    }))
    // The formulas of two workings and one step. Neither the stepper's 1200 cells nor its 154 options are rebuilt.
    assert.ok(added > 0 && added < 600, `${added}`)
    assert.ok(isKept)
    assert.match(await textOf(page.locator('pre.code')), /4\.9, 9\.0?, 1\.4, 0\.2/)
    assert.equal(await page.locator('.stepper .number-cell').nth(5).textContent(), '9')
  },
  SAME,
)

pageTest('150 rows scroll in place and do not lengthen the page', async (page) => {
  await preset(page, 'iris').click()
  const overhang = await page
    .locator('main')
    .evaluate(
      (main) => document.documentElement.scrollHeight - Math.ceil(main.getBoundingClientRect().bottom + window.scrollY),
    )
  assert.ok(overhang < 200, `${overhang}`)
})

pageTest('with 150 rows, the lanes’ names and results stay in view at either end', async (page) => {
  await preset(page, 'iris').click()
  const stage = panel(page, 0).locator('.stage')
  const inSight = () =>
    stage.evaluate((node) => {
      const { top, bottom } = node.getBoundingClientRect()
      return ['.heads', '.outputs'].map((part) => {
        const box = node.querySelector(part)?.getBoundingClientRect()
        return box && box.top >= top - 1 && box.bottom <= bottom + 1
      })
    })
  assert.deepEqual(await inSight(), [true, true])
  await stage.evaluate((node) => node.scrollTo(0, node.scrollHeight))
  assert.deepEqual(await inSight(), [true, true])
  const clipped = await page
    .locator('.explorer .heads')
    .evaluateAll((/** @type {HTMLElement[]} */ all) =>
      all.flatMap((heads) =>
        /** @type {HTMLElement[]} */ ([...heads.children]).map((head) => head.offsetWidth > heads.offsetWidth),
      ),
    )
  assert.ok(!clipped.includes(true))
  assert.ok((await boxOf(panel(page, 1).locator('.call'))).height < 300)
})

pageTest('600 cells and 150 results are two Tab stops, and arrow keys move within them', async (page) => {
  await preset(page, 'iris').click()
  const focused = () =>
    page.evaluate(() => {
      const node = document.activeElement?.shadowRoot?.activeElement
      return node?.getAttribute('aria-label') ?? node?.textContent ?? ''
    })
  const press = async (key) => {
    await page.keyboard.press(key)
    return focused()
  }
  await cell(page, 'A, row 0, column 0').focus()
  assert.equal(await press('ArrowDown'), 'A, row 1, column 0')
  assert.equal(await press('Tab'), 'B, row 0, column 0')
  assert.equal(await press('Shift+Tab'), 'A, row 1, column 0')
  await output(page, 1, 0).focus()
  assert.match(await press('ArrowDown'), /^row 1:/)
  assert.match(await press('ArrowLeft'), /^row 0:/)
  assert.equal(await press('ArrowUp'), await focused())
  assert.equal(await press('Tab'), 'dim=1') // the printed results, which scroll
  assert.match(await press('Shift+Tab'), /^row 0:/)
})

pageTest(
  '150 results are summarised for screen readers',
  async (page) => {
    await preset(page, 'iris').click()
    await page
      .getByRole('status')
      .filter({ hasText: 'dim=0: 0.9902, 0.9901, 0.9057, 0.8448. dim=1: a list of 150, the first 0.9435' })
      .waitFor({ state: 'attached' })
  },
  SAME,
)

const wrongFile = { name: 'a.csv', mimeType: '', buffer: Buffer.from('1,2\n3,four') }

/**
 * Drops a file. Returns whether the browser would open it, after each of the two events.
 * @param {import("playwright-core").Locator} target
 * @param {string} text
 * @param {[number, number]} [at] in the window; by default the target's corner
 * @param {number} [count] of files
 */
const drop = (target, text, at, count = 1) =>
  target.evaluate(
    (node, { text, at, count }) => {
      const dataTransfer = new DataTransfer()
      for (let i = 0; i < count; i++) dataTransfer.items.add(new File([text], 'a.csv'))
      const { left, top } = node.getBoundingClientRect()
      const [clientX, clientY] = at ?? [left + 1, top + 1]
      const how = { dataTransfer, clientX, clientY, bubbles: true, cancelable: true, composed: true }
      return ['dragover', 'drop'].map((type) => node.dispatchEvent(new DragEvent(type, how)))
    },
    { text, at, count },
  )
const hashIs = (page, hash) => page.waitForFunction((hash) => document.querySelector('cosine-dim')?.hash === hash, hash)

pageTest(
  'a file dropped on a matrix is read by the page, not opened by the browser',
  async (page) => {
    assert.deepEqual(await drop(page.locator('.explorer .matrix').first(), '9,8\n7,6\n'), [false, false])
    await hashIs(page, '#a=[[9,8],[7,6]]')
    assert.equal(await cell(page, 'A, row 0, column 1').inputValue(), '8')
    assert.equal(await page.locator('.explorer .is-target').count(), 0)
  },
  // Without the stills, the matrices are on the screen.
  MOVING,
)

pageTest('the half cells of the press take what is pasted and dropped, too', async (page) => {
  await paste(half(page, 'B, row 0, column 0'), '[[1, 0, 1], [2, 2, 2]]')
  await paste(half(page, 'A, row 1, column 1'), '3\t4\t0\n1\t2\t2')
  await hashIs(page, '#a=[[3,4,0],[1,2,2]]&b=[[1,0,1],[2,2,2]]')
  assert.equal(await half(page, 'A, row 1, column 2').inputValue(), '2')
  await drop(half(page, 'B, row 1, column 1'), '5,6\n7,8\n')
  await hashIs(page, '#a=[[3,4,0],[1,2,2]]')
  assert.equal(await half(page, 'B, row 1, column 1').inputValue(), '8')
})

pageTest(
  'a file dropped beside the matrices goes to the nearest; elsewhere the page stays',
  async (page) => {
    const [a, b] = await Promise.all([0, 1].map((i) => boxOf(page.locator('.explorer .matrix').nth(i))))
    const heading = page.locator('.explorer h2').first()
    const below = b.y + b.height + 20
    assert.deepEqual(await drop(heading, '9,8\n7,6', [b.x + b.width + 30, below]), [false, false])
    await hashIs(page, '#b=[[9,8],[7,6]]')
    assert.deepEqual(await drop(heading, '0,8\n7,6', [a.x, below]), [false, false])
    await hashIs(page, '#a=[[0,8],[7,6]]&b=[[9,8],[7,6]]')
    await unfold(page)
    assert.deepEqual(await drop(page.locator('.explorer .file').nth(1), '1,1\n1,1'), [false, false])
    await hashIs(page, '#a=[[0,8],[7,6]]&b=[[1,1],[1,1]]')
    assert.deepEqual(await drop(heading, '1,1\n1,1', [a.x, below], 2), [false, false])
    assert.deepEqual(await refusals(page), ['A is as before. Drop one file at a time.', ''])
    // With no matrix in sight, and outside of the explorer, nothing happens.
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    for (const place of ['.explorer .notes', 'footer', 'html'])
      assert.deepEqual(await drop(page.locator(place).first(), '5,5\n5,5'), [false, false], place)
    await hashIs(page, '#a=[[0,8],[7,6]]&b=[[1,1],[1,1]]')
  },
  // Without the stills, the matrices are on the screen.
  MOVING,
)

pageTest('in another page, the explorer takes drops on itself and leaves the rest to that page', async (page) => {
  const isPrevented = await page.evaluate(() => {
    let seen
    const see = (event) => {
      seen = event.defaultPrevented
      event.stopImmediatePropagation()
    }
    // Stands before the guard of the page itself.
    document.documentElement.addEventListener('dragover', see)
    const ask = (node) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['1'], 'a.csv'))
      node.dispatchEvent(
        new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true, composed: true, clientX: 1 }),
      )
      return seen
    }
    const explorer = /** @type {HTMLElement} */ (document.querySelector('cosine-dim'))
    return [ask(explorer.shadowRoot?.querySelector('.explorer')), ask(document.body)]
  })
  assert.deepEqual(isPrevented, [true, false])
})

pageTest(
  'says what was left out of a paste, in the reader’s language, until a number changes',
  async (page) => {
    const remarks = () => page.locator('.explorer .matrices .remark').allTextContents()
    await paste(cell(page, 'A, row 0, column 0'), 'x;y\n1,5;2\n3;4')
    assert.deepEqual(await remarks(), ['A was replaced. Left out: the header. “1,5” was read as 1.5.', ''])
    assert.equal(await cell(page, 'A, row 0, column 0').inputValue(), '1.5')
    await page.getByRole('button', { name: '中文' }).click()
    assert.deepEqual(await remarks(), ['A 已替换。未读入：表头。“1,5”读作 1.5。', ''])
    await page.locator('.explorer .matrix input').first().fill('7')
    assert.deepEqual(await remarks(), ['', ''])
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    assert.deepEqual(await page.locator('.explorer .matrix input').first().inputValue(), '1')
    await paste(page.locator('.explorer .matrix input').first(), JSON.stringify(Array(40).fill(Array(40).fill(1))))
    assert.match((await remarks())[0], /共 40 × 40 个数，只取了开头的 32 × 32 个/)
  },
  { browsers: ['chromium'] },
)

pageTest(
  'nan, inf and numbers too large for float32 can be typed, and are drawn everywhere',
  async (page) => {
    const input = cell(page, 'A, row 0, column 0')
    await input.fill('nan')
    assert.deepEqual(await printed(page), ['tensor([   nan, 0.9839])', 'tensor([   nan, 0.9972])'])
    assert.equal(
      await panel(page, 0).locator('.angle').textContent(),
      'No angle: one of the two has length 0, or nan or inf in it.',
    )
    assert.match(await textOf(page.locator('.explorer .arrows figcaption').first()), /a = \(nan, 3\)/)
    assert.match(await textOf(page.locator('pre.code')), /float\('nan'\)/)
    await input.fill('-inf')
    assert.deepEqual(await printed(page), ['tensor([   nan, 0.9839])', 'tensor([   nan, 0.9972])'])
    await input.fill('1e39')
    assert.match(
      await textOf(page.locator('.explorer .message:not([hidden])').first()),
      /“1e39”, too large for float32/,
    )
    await page.follow(
      '#a=[[nan,1,inf],[1,2,3]]&b=[[1,inf,2],[3,4,5]]&dim=1&step=14&target=[[nan,1]]&behaviored=[[1,2],[3,4]]',
    )
    assert.deepEqual(await printed(page), ['tensor([   nan, 0.9827])'])
    assert.match(await textOf(page.locator('.explorer .attention')), /all shares are nan, as in PyTorch/)
  },
  SAME,
)

pageTest(
  'a refusal is translated when the language changes, and disappears when a number changes',
  async (page) => {
    await page.locator('.explorer .file input').first().setInputFiles(wrongFile)
    await page.locator('.matrices [role=alert]:not(:empty)').waitFor()
    assert.deepEqual(await refusals(page), [
      'A is as before. Line 2, character 3: this cell is “four”, which is not a number.',
      '',
    ])
    await page.getByRole('button', { name: '中文' }).click()
    assert.deepEqual(await refusals(page), ['A 保持不变。文本第 2 行，第 3 个字符：这个单元格是“four”，这不是数。', ''])
    await page.locator('.explorer .matrix input').first().fill('7')
    assert.deepEqual(await refusals(page), ['', ''])
  },
  { browsers: ['chromium'] },
)

pageTest(
  'refuses more cells than can be drawn',
  async (page) => {
    await unfold(page)
    await button(page, 'A: add a row').click()
    assert.deepEqual(await refusals(page), ['A is as before. 1040 numbers are too many to draw: 1024 is the most.', ''])
    assert.deepEqual(await shapes(page), ['A, shape (64, 16)', 'B, shape (1, 1)'])
  },
  { ...SAME, hash: `#a=[${Array(64).fill(`[${Array(16).fill(1)}]`)}]&b=[[1]]&dim=0` },
)

pageTest(
  'tensors of rank 3 and 4 can be resized along any axis',
  async (page) => {
    await unfold(page)
    await button(page, 'A: add a slice along axis 0').click()
    assert.equal(
      await page.evaluate(() => document.querySelector('cosine-dim')?.hash),
      '#a=[[[1,2],[3,4]],[[1,2],[3,4]]]&b=[[[5,6],[7,8]]]&dim=0',
    )
    await button(page, 'A: remove the last slice along axis 2').click()
    // B keeps its longer index 2, and A's size of 1 is now broadcast.
    assert.deepEqual(await printed(page), ['tensor([[1., 1.],\n        [1., 1.]])'])
    await page.follow('#a=[[[[1]]],[[[2]]]]&b=[[[[3]]]]&dim=0')
    await button(page, 'A: add a slice along axis 3').click()
    await button(page, 'A: add a slice along axis 1').click()
    assert.deepEqual(await page.locator('.explorer .panel .chips').allTextContents(), [
      'Shape: (2, 2, 1, 2) →  becomes (2, 1, 2)',
    ])
  },
  { ...SAME, hash: '#a=[[[1,2],[3,4]]]&b=[[[5,6],[7,8]]]&dim=0' },
)
