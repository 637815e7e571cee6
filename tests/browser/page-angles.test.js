/** Angles: what is drawn has the lengths and the angles that it says, and its tips move the cells. */
import assert from 'node:assert/strict'
import { cell, output, pageTest, preset, printed, setEps } from './browser.js'

const angles = (page) => page.getByRole('region', { name: 'Angles' })
const figure = (page, i) => angles(page).getByRole('figure').nth(i)
const captions = (page) => angles(page).locator('.measures').allTextContents()
const tip = (page, i, name) => figure(page, i).getByRole('slider', { name: `Tip of ${name} ` })

/** The drawn arrows of a figure: their lengths, and the angle between them in degrees, as the eye sees them. */
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

/** Degrees are arccosines of PyTorch's numbers; 17.1 and 13.2 are those of the worked example. */
pageTest('both dims’ lanes stand side by side, with angle and cosine as text, drawn as they are', async (page) => {
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

pageTest('other lanes are drawn in their plane, their lengths and angle true', async (page) => {
  await preset(page, '2×3').click()
  assert.equal(await angles(page).getByRole('slider').count(), 6)
  assert.deepEqual((await captions(page)).slice(3), ['36.5°, cos 0.8043', '27.4°, cos 0.8878'])
  assert.match(await figure(page, 3).textContent(), /‖a‖ = 3, ‖b‖ = 7\.874/)
  const { ratio, degrees } = await seen(page, 3)
  assert.ok(Math.abs(ratio - Math.sqrt(62) / 3) < 1e-3)
  assert.equal(degrees, '36.5')
  assert.ok(await angles(page).getByText('in the plane that the two span').isVisible())
})

/** Drags a tip by as many grid lines, which stand 2 apart in the seed's pictures. */
async function drag(page, target, right, up) {
  await target.scrollIntoViewIfNeeded()
  const svg = target.locator('xpath=../*[name()="svg"]')
  const gap = await svg.evaluate((picture) => {
    const xs = [...picture.querySelectorAll('line:is(.grid-line, .axis)')].map((line) => line.getBoundingClientRect().x)
    return xs[1] - xs[0]
  })
  const { x, y, width, height } = await target.boundingBox()
  const [fromX, fromY] = [x + width / 2, y + height / 2]
  await page.mouse.move(fromX, fromY)
  await page.mouse.down()
  await page.mouse.move(fromX + right * gap, fromY - up * gap, { steps: 5 })
}

pageTest('a tip is dragged, and cells, results and arrows follow', async (page) => {
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

pageTest('what is dragged beyond the picture stays at its edge', async (page) => {
  await drag(page, tip(page, 0, 'b'), 10, 0)
  await page.mouse.up()
  const value = Number(await cell(page, 'B, row 0, column 0').inputValue())
  assert.ok(value > 8 && value < 12, value)
})

pageTest('a tip moves by arrow keys, says where it is, and Esc takes it back', async (page) => {
  const b = tip(page, 2, 'b')
  assert.match(await b.getAttribute('aria-label'), /left and right change B\[0, 0\], up and down B\[0, 1\]/)
  await b.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  assert.equal(await cell(page, 'B, row 0, column 0').inputValue(), '5.5')
  assert.equal(await cell(page, 'B, row 0, column 1').inputValue(), '5')
  // (1 · 5.5 + 2 · 5) / √(5 · 55.25)
  assert.equal(await b.getAttribute('aria-valuetext'), '(5.5, 5), 21.2°, cos 0.9326')
  assert.ok(await b.evaluate((node) => node.getRootNode().activeElement === node))
  await page.keyboard.press('Escape')
  assert.equal(await cell(page, 'B, row 0, column 0').inputValue(), '5')
  assert.equal(await cell(page, 'B, row 0, column 1').inputValue(), '6')
})

pageTest(
  'a cell that broadcasting repeats moves in both places',
  async (page) => {
    await tip(page, 0, 'b').press('ArrowUp')
    assert.equal(await cell(page, 'B, index 0').inputValue(), '1.2')
  },
  { hash: '#a=[[1,2],[3,4]]&b=[1]&dim=1' },
)

pageTest(
  'a vector of length 0 points nowhere; one below eps counts as longer',
  async (page) => {
    assert.deepEqual((await captions(page)).slice(0, 1), ['no angle, cos 0.0000'])
    assert.match(await figure(page, 0).textContent(), /a has length 0, and points nowhere/)
    assert.equal(await figure(page, 0).locator('.arc').count(), 0)
    await setEps(page, '100')
    // 44 / (100 · 100), by PyTorch’s rule
    assert.equal((await captions(page))[1], '10.3°, cos 0.0044')
    assert.match(await figure(page, 1).textContent(), /a and b are shorter than eps = 100/)
  },
  { hash: '#a=[[0,2],[0,4]]' },
)

pageTest(
  'of many lanes the first are drawn, and the one that is pinned',
  async (page) => {
    assert.equal(await angles(page).getByRole('figure').count(), 6)
    assert.ok(await angles(page).getByText('3 more are not drawn').isVisible())
    await output(page, 0, 8).click()
    assert.equal(await angles(page).getByRole('figure').count(), 7)
    assert.match(await figure(page, 6).textContent(), /A\[:, 8\]/)
  },
  { hash: '#a=[[1,2,3,4,5,6,7,8,9],[1,1,1,1,1,1,1,1,1]]&b=[[1],[0]]&dim=0' },
)
