/** Angles: arrows have the lengths and angles that their captions give, and dragging their tips changes the cells. */
import assert from 'node:assert/strict'
import { boxOf, cell, output, pageTest, preset, printed, SAME, setEps } from './browser.js'

const angles = (page) => page.getByRole('region', { name: 'Angles' })
const figure = (page, i) => angles(page).getByRole('figure').nth(i)
const captions = (page) => angles(page).locator('.measures').allTextContents()
const tip = (page, i, name) => figure(page, i).locator('.tip').filter({ hasText: name })
const slider = (page, i, name, way) =>
  figure(page, i).getByRole('slider', { name: new RegExp(`^Tip of ${name} .*, ${way}:`) })

/** A figure's arrows as drawn: the ratio of their lengths, and the angle between them in degrees. */
const seen = (page, i) =>
  figure(page, i)
    .locator('.shaft')
    .evaluateAll((lines) => {
      const [a, b] = lines.map((line) =>
        ['x', 'y'].map((axis) => line[`${axis}2`].baseVal.value - line[`${axis}1`].baseVal.value),
      )
      const turn = Math.abs(Math.atan2(a[1], a[0]) - Math.atan2(b[1], b[0]))
      const degrees = (Math.min(turn, 2 * Math.PI - turn) * 180) / Math.PI
      return { ratio: Math.hypot(...b) / Math.hypot(...a), degrees: degrees.toFixed(1) }
    })

/** The degrees are arccosines of PyTorch's results. 17.1 and 13.2 also appear in the worked example. */
pageTest('shows the lanes of both dims side by side, drawn to scale, with angle and cosine as text', async (page) => {
  assert.deepEqual(await captions(page), [
    '17.1°, cos 0.9558',
    '10.3°, cos 0.9839',
    '13.2°, cos 0.9734',
    '4.3°, cos 0.9972',
  ])
  for (const [i, degrees] of ['17.1', '10.3', '13.2', '4.3'].entries()) {
    const { ratio, degrees: drawn } = await seen(page, i)
    assert.equal(drawn, degrees)
    if (i === 0) assert.ok(Math.abs(ratio - 8.6023 / 3.1623) < 1e-3)
  }
  assert.match(await figure(page, 0).textContent(), /a = \(1, 3\), b = \(5, 7\)/)
})

pageTest(
  'draws other lanes in their plane, with true lengths and angle',
  async (page) => {
    await preset(page, '2×3').click()
    assert.equal(await angles(page).getByRole('slider').count(), 12)
    assert.deepEqual((await captions(page)).slice(3), ['36.5°, cos 0.8043', '27.4°, cos 0.8878'])
    assert.match(await figure(page, 3).textContent(), /‖a‖ = 3, ‖b‖ = 7\.874/)
    const { ratio, degrees } = await seen(page, 3)
    assert.ok(Math.abs(ratio - Math.sqrt(62) / 3) < 1e-3)
    assert.equal(degrees, '36.5')
    assert.ok(await angles(page).getByText('in the plane that the two span').isVisible())
  },
  SAME,
)

async function centre(target) {
  await target.scrollIntoViewIfNeeded()
  const { x, y, width, height } = await boxOf(target)
  return { x: x + width / 2, y: y + height / 2 }
}

/** Drags a tip by a number of grid lines. In the pictures of the default inputs these are 2 apart. */
async function drag(page, target, right, up) {
  const { x: fromX, y: fromY } = await centre(target)
  const svg = target.locator('xpath=../*[name()="svg"]')
  const gap = await svg.evaluate((picture) => {
    const xs = [...picture.querySelectorAll('line:is(.grid-line, .axis)')].map((line) => line.getBoundingClientRect().x)
    return xs[1] - xs[0]
  })
  await page.mouse.move(fromX, fromY)
  await page.mouse.down()
  await page.mouse.move(fromX + right * gap, fromY - up * gap, { steps: 5 })
}

pageTest('dragging a tip changes its cells, the results and the arrows', async (page) => {
  await drag(page, tip(page, 0, 'a'), 2, -1)
  assert.equal(await cell(page, 'A, row 0, column 0').inputValue(), '5')
  assert.equal(await cell(page, 'A, row 1, column 0').inputValue(), '1')
  // (5 · 5 + 1 · 7) / √(26 · 74)
  assert.equal((await captions(page))[0], '43.2°, cos 0.7295')
  assert.equal((await seen(page, 0)).degrees, '43.2')
  await page.mouse.up()
  assert.match((await printed(page))[0], /0\.7295/)
  await page.keyboard.press('Escape')
  assert.equal(await cell(page, 'A, row 0, column 0').inputValue(), '1')
  assert.equal((await captions(page))[0], '17.1°, cos 0.9558')
  assert.equal(await page.locator('[data-pinned]').count(), 0)
})

pageTest('a tip dragged beyond the picture stays at its edge', async (page) => {
  await drag(page, tip(page, 0, 'b'), 10, 0)
  await page.mouse.up()
  const value = Number(await cell(page, 'B, row 0, column 0').inputValue())
  assert.ok(value > 8 && value < 12, `${value}`)
})

pageTest('arrow keys move a tip, which announces its position; Esc undoes the move', async (page) => {
  const [right, up] = ['to the right', 'upwards'].map((way) => slider(page, 2, 'b', way))
  assert.match(await right.getAttribute('aria-label'), /B, row 0, column 0$/)
  assert.match(await up.getAttribute('aria-label'), /B, row 0, column 1$/)
  await right.focus()
  await page.keyboard.press('ArrowRight')
  assert.equal(await right.getAttribute('aria-valuenow'), '5.5')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  assert.equal(await cell(page, 'B, row 0, column 0').inputValue(), '5.5')
  assert.equal(await cell(page, 'B, row 0, column 1').inputValue(), '5')
  // (1 · 5.5 + 2 · 5) / √(5 · 55.25)
  assert.equal(await right.getAttribute('aria-valuetext'), '5.5, 21.2°, cos 0.9326')
  assert.equal(await up.getAttribute('aria-valuetext'), '5, 21.2°, cos 0.9326')
  assert.ok(await up.evaluate((node) => node.getRootNode().activeElement === node))
  await page.keyboard.press('Escape')
  assert.equal(await cell(page, 'B, row 0, column 0').inputValue(), '5')
  assert.equal(await cell(page, 'B, row 0, column 1').inputValue(), '6')
})

pageTest('each slider spans the picture and has larger steps and ends; both share one Tab stop', async (page) => {
  const [right, up] = ['to the right', 'upwards'].map((way) => slider(page, 2, 'b', way))
  const numberOf = async (one, what) => Number(await one.getAttribute(`aria-value${what}`))
  const point = async () => [await numberOf(right, 'now'), await numberOf(up, 'now')]
  await right.focus()
  // The grid lines are 2 apart in the pictures of the default inputs.
  for (const [key, expected] of /** @type {const} */ ([
    ['Shift+ArrowRight', [7, 6]],
    ['Shift+ArrowUp', [7, 8]],
    ['PageDown', [7, 6]],
    ['PageUp', [7, 8]],
    ['Shift+ArrowLeft', [5, 8]],
    ['PageDown', [3, 8]],
    ['PageUp', [5, 8]],
  ])) {
    await page.keyboard.press(key)
    assert.deepEqual(await point(), expected, key)
  }
  for (const [key, end] of [
    ['Home', 'min'],
    ['End', 'max'],
  ]) {
    const wanted = await numberOf(right, end)
    await page.keyboard.press(key)
    assert.ok(Math.abs((await numberOf(right, 'now')) - wanted) <= 0.25, `${key} goes to ${wanted}`)
    assert.equal(await numberOf(up, 'now'), 8)
    assert.ok((await numberOf(right, 'min')) <= (await numberOf(right, 'now')))
    assert.ok((await numberOf(right, 'now')) <= (await numberOf(right, 'max')))
  }
  assert.deepEqual(await right.getAttribute('aria-orientation'), 'horizontal')
  assert.deepEqual(await up.getAttribute('aria-orientation'), 'vertical')
  await page.keyboard.press('Shift+Tab')
  const focused = await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.ariaLabel)
  assert.match(focused ?? '', /^Tip of a in row 0, to the right/)
})

pageTest(
  'dragging a tip by touch does not scroll the page; swiping beside it does',
  async (page) => {
    const { x, y } = await centre(tip(page, 0, 'a'))
    const touch = await page.context().newCDPSession(page)
    const swipe = async (fromX, fromY, right, down) => {
      const send = (type, ...touchPoints) => touch.send('Input.dispatchTouchEvent', { type, touchPoints })
      await send('touchStart', { x: fromX, y: fromY })
      for (let part = 0.1; part <= 1; part += 0.1)
        await send('touchMove', { x: fromX + part * right, y: fromY + part * down })
      await send('touchEnd')
    }
    // The figure stays under the finger, though formulas above it grow.
    const place = async () => (await boxOf(figure(page, 0))).y
    const [start, before] = [await place(), await page.evaluate(() => window.scrollY)]
    await swipe(x, y, 60, 80)
    assert.ok(Math.abs((await place()) - start) <= 1, `${(await place()) - start}`)
    assert.ok(Number(await cell(page, 'A, row 0, column 0').inputValue()) > 1)
    assert.ok(Number(await cell(page, 'A, row 1, column 0').inputValue()) < 3)
    assert.notEqual((await captions(page))[0], '17.1°, cos 0.9558')
    const { left, bottom } = await figure(page, 0).evaluate((node) => node.getBoundingClientRect().toJSON())
    await swipe(left + 20, bottom - 10, 0, -120)
    await page.waitForFunction((before) => window.scrollY > before + 50, before)
  },
  { hasTouch: true, viewport: { width: 390, height: 800 }, browsers: ['chromium'] },
)

pageTest(
  'a cell that broadcasting repeats moves along both axes',
  async (page) => {
    await slider(page, 0, 'b', 'to the right').press('ArrowUp')
    assert.equal(await cell(page, 'B, index 0').inputValue(), '1.2')
  },
  { ...SAME, hash: '#a=[[1,2],[3,4]]&b=[1]&dim=1' },
)

pageTest(
  'a vector of length 0 has no direction; one shorter than eps counts as longer',
  async (page) => {
    assert.deepEqual((await captions(page)).slice(0, 1), ['no angle, cos 0.0000'])
    assert.match(await figure(page, 0).textContent(), /a has length 0, and points nowhere/)
    assert.equal(await figure(page, 0).locator('.arc').count(), 0)
    await setEps(page, '100')
    // 44 / (100 · 100), by PyTorch’s rule
    assert.equal((await captions(page))[1], '10.3°, cos 0.0044')
    assert.match(await figure(page, 1).textContent(), /a and b are shorter than eps = 100/)
  },
  { ...SAME, hash: '#a=[[0,2],[0,4]]' },
)

pageTest(
  'draws only the first of many lanes, and the pinned one',
  async (page) => {
    assert.equal(await angles(page).getByRole('figure').count(), 6)
    assert.ok(await angles(page).getByText('3 more are not drawn').isVisible())
    await output(page, 0, 8).click()
    assert.equal(await angles(page).getByRole('figure').count(), 7)
    assert.match(await figure(page, 6).textContent(), /A\[:, 8\]/)
  },
  { ...SAME, hash: '#a=[[1,2,3,4,5,6,7,8,9],[1,1,1,1,1,1,1,1,1]]&b=[[1],[0]]&dim=0' },
)

pageTest(
  'an arc goes from one arrow to the other the shorter way round',
  async (page) => {
    for (const [i, degrees] of [17.1, 10.3, 13.2, 4.3].entries()) {
      const { radii, turns, whole } = await figure(page, i)
        .locator('.arc')
        .evaluate((path) => {
          const { cx, cy } = path.parentNode.querySelector('.origin')
          const [x, y] = [cx.baseVal.value, cy.baseVal.value]
          const points = [0, 0.5, 1].map((share) => path.getPointAtLength(share * path.getTotalLength()))
          const shafts = ['a', 'b'].map((name) => path.parentNode.querySelector(`.shaft.${name}`))
          const ways = [
            ...points.map((point) => Math.atan2(point.y - y, point.x - x)),
            ...shafts.map(({ x2, y2 }) => Math.atan2(y2.baseVal.value - y, x2.baseVal.value - x)),
          ]
          return {
            radii: points.map((point) => Math.hypot(point.x - x, point.y - y)),
            turns: [ways[0] - ways[3], ways[2] - ways[4]],
            whole: (path.getTotalLength() / Math.hypot(points[1].x - x, points[1].y - y) / Math.PI) * 180,
          }
        })
      for (const radius of radii) assert.ok(Math.abs(radius - radii[0]) < 0.05, `${radii}`)
      for (const turn of turns) assert.ok(Math.abs(turn) < 0.01, `${turns}`)
      assert.ok(Math.abs(whole - degrees) < 0.1, `${whole}`)
    }
  },
  SAME,
)

pageTest(
  'a panel’s arrows share one scale; arrows that cannot be dragged have heads and letters',
  async (page) => {
    const length = (i) =>
      figure(page, i)
        .locator('.shaft.a')
        .evaluate(({ x1, y1, x2, y2 }) =>
          Math.hypot(x2.baseVal.value - x1.baseVal.value, y2.baseVal.value - y1.baseVal.value),
        )
    // (1, 3) beside (2, 4)
    assert.ok(Math.abs((await length(0)) / (await length(1)) - Math.sqrt(10 / 20)) < 1e-3)
    assert.equal(await figure(page, 0).locator('.letter').count(), 0)
    const dashes = await figure(page, 0)
      .locator('.shaft')
      .evaluateAll((all) => all.map((node) => getComputedStyle(node).strokeDasharray))
    assert.notEqual(dashes[0], dashes[1])
    await preset(page, '2×3').click()
    assert.deepEqual(await figure(page, 3).locator('.letter').allTextContents(), ['a', 'b'])
    assert.equal(await figure(page, 3).locator('.arrow-head').count(), 2)
  },
  SAME,
)

/** The numbers of a dim's matrix beside its arrows, and those of them that are marked. */
const matrix = (page, i) => angles(page).locator('.columns > div').nth(i).locator('.small')
const numbers = (page, i) => matrix(page, i).locator('.number-cell').allTextContents()
const moved = (page, i) => matrix(page, i).locator('[data-now]').allTextContents()

pageTest('dragging a tip moves one column, and two rows, of the matrices beside the arrows', async (page) => {
  assert.deepEqual(await numbers(page, 0), ['1', '2', '3', '4', '5', '6', '7', '8', '0.9558', '0.9839'])
  assert.deepEqual(await numbers(page, 1), ['1', '2', '3', '4', '5', '6', '7', '8', '0.9734', '0.9972'])
  assert.deepEqual([await moved(page, 0), await moved(page, 1)], [[], []])
  await drag(page, tip(page, 0, 'a'), 2, -1)
  // (5 · 5 + 1 · 7) / √(26 · 74), (5 · 5 + 2 · 6) / √(29 · 61), (1 · 7 + 4 · 8) / √(17 · 113)
  assert.deepEqual(await numbers(page, 0), ['5', '2', '1', '4', '5', '6', '7', '8', '0.7295', '0.9839'])
  assert.deepEqual(await numbers(page, 1), ['5', '2', '1', '4', '5', '6', '7', '8', '0.8797', '0.8898'])
  assert.deepEqual(await moved(page, 0), ['5', '1', '0.7295'])
  assert.deepEqual(await moved(page, 1), ['5', '1', '0.8797', '0.8898'])
  await page.mouse.up()
  await page.keyboard.press('Escape')
  assert.deepEqual(await moved(page, 1), ['1', '3', '0.9734', '0.9972'])
  // By keyboard: a row of A, which is in both columns.
  await slider(page, 2, 'b', 'upwards').focus()
  await page.keyboard.press('ArrowUp')
  assert.deepEqual(await moved(page, 0), ['5', '6.5', '0.9558', '0.9762'])
  assert.deepEqual((await moved(page, 1)).slice(0, 2), ['5', '6.5'])
  assert.equal((await moved(page, 1)).length, 3)
  await page.locator('h1').click()
  assert.deepEqual([await moved(page, 0), await moved(page, 1)], [[], []])
})

pageTest(
  'the matrices are there when a dim has tips and the numbers are few',
  async (page) => {
    await preset(page, '2×3').click()
    assert.equal(await angles(page).locator('.small').count(), 2)
    await preset(page, '1×4').click()
    assert.equal(await angles(page).locator('.small').count(), 0)
    await preset(page, 'iris').click()
    assert.equal(await angles(page).locator('.small').count(), 0)
  },
  SAME,
)

pageTest(
  'on paper the lead is not split, and each dim’s pictures stay with its matrices',
  async (page) => {
    await page.emulateMedia({ media: 'print' })
    const breaks = await angles(page)
      .locator('.lead, .columns > div')
      .evaluateAll((all) => all.map((node) => getComputedStyle(node).breakInside))
    assert.deepEqual(breaks, ['avoid', 'avoid', 'avoid'])
  },
  { alone: true, browsers: ['chromium'] },
)
