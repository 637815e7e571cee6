/** What the press draws at each stage of the collapse: where the marks are, and what they say. */
import assert from 'node:assert/strict'
import { pageTest, SAME } from './browser.js'

const collapse = (page) => page.locator('.explorer .collapse')
const slider = (page) => collapse(page).getByRole('slider')
const pressOf = (page, i) => collapse(page).locator('.presses .press').nth(i)

/**
 * The marks of a press that are seen at t, by class: their boxes, rounded to pixels, and their texts.
 * @returns {Promise<any>}
 */
async function marksAt(page, i, t) {
  await slider(page).fill(t)
  return pressOf(page, i).evaluate((press) => {
    const seen = [...press.querySelectorAll('rect, polygon, text')].filter(
      (node) => node.getAttribute('display') !== 'none' && Number(node.getAttribute('opacity')) > 0.5,
    )
    const marks = seen.map((node) => {
      const box = node.getBoundingClientRect()
      const [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom].map(Math.round)
      return { name: node.classList[0], left, top, right, bottom, text: node.textContent }
    })
    return Object.fromEntries(
      ['a', 'b', 'mix', 'figure', 'jaw', 'vector', 'result'].map((name) => [
        name,
        marks.filter((mark) => mark.name === name),
      ]),
    )
  })
}

const textsOf = (marks) => marks.figure.map(({ text }) => text).sort()
const place = ({ left, top, right, bottom }) => [left, top, right, bottom]
const width = ({ left, right }) => right - left
const height = ({ top, bottom }) => bottom - top
/** The box around several. */
const around = (boxes) => ({
  left: Math.min(...boxes.map(({ left }) => left)),
  top: Math.min(...boxes.map(({ top }) => top)),
  right: Math.max(...boxes.map(({ right }) => right)),
  bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
})

pageTest(
  'B is beside A, and then each number of B in the cell of its partner',
  async (page) => {
    const apart = await marksAt(page, 0, '0')
    assert.deepEqual([apart.a.length, apart.b.length, apart.mix.length], [4, 4, 0])
    assert.ok(around(apart.a).right < around(apart.b).left)
    assert.deepEqual(textsOf(apart), [...'12345678'])

    const moving = await marksAt(page, 0, '0.09')
    const met = await marksAt(page, 0, '0.18')
    const gaps = [apart, moving, met].map(({ a, b }) => around(b).left - around(a).left)
    assert.ok(gaps[0] > gaps[1] && gaps[1] > gaps[2], 'B comes to A')
    assert.deepEqual(met.a.map(place), met.b.map(place), 'two halves of one cell')
    assert.equal(new Set(met.a.map(({ left, top }) => `${left} ${top}`)).size, 4)
    const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2]
    const partners = ['15', '37', '26', '48'].map((pair, k) => {
      const [one, other] = [...pair].map((text) => met.figure.find((mark) => mark.text === text))
      const [[x, y], [of1X, of1Y], [of2X, of2Y]] = [met.a[k], one, other].map(middle)
      return of1X < x && of1Y < y && of2X > x && of2Y > y
    })
    assert.deepEqual(partners, [true, true, true, true], 'A above left, B below right')
  },
  { ...SAME, reads: true },
)

pageTest(
  'each pair is multiplied, and each number squared',
  async (page) => {
    const met = await marksAt(page, 0, '0.18')
    const marks = await marksAt(page, 0, '0.36')
    assert.deepEqual(marks.mix.map(place), met.a.map(place), 'a product fills the cell')
    for (const [k, corner] of marks.a.entries()) assert.ok(width(corner) < 0.6 * width(met.a[k]))
    const numbers = [...'12345678']
    assert.deepEqual(textsOf(marks), [...numbers, ...numbers.map((number) => `${number}²`), ...'····'].sort())
  },
  { ...SAME, reads: true },
)

for (const [i, dim] of ['0', '1'].entries())
  pageTest(
    `the axis of dim=${dim} is squeezed into one cell between two jaws, with the sums in it`,
    async (page) => {
      const [along, across] = dim === '0' ? [height, width] : [width, height]
      const whole = await marksAt(page, i, '0.36')
      assert.deepEqual([whole.jaw.length, whole.vector.length], [0, 2])
      const closing = await marksAt(page, i, '0.52')
      const summed = await marksAt(page, i, '0.63')
      assert.equal(closing.mix.length, 4)
      for (const cell of closing.mix) assert.ok(along(cell) < 0.9 * across(cell))

      assert.equal(summed.mix.length, 2)
      const size = across(whole.mix[0])
      for (const cell of summed.mix) assert.ok(Math.abs(along(cell) - size) <= 2)
      assert.equal(summed.jaw.length, 4, 'two jaws, each with a tip')
      const jaws = ({ jaw }) => along(around(jaw))
      assert.ok(jaws(summed) < jaws(closing) && jaws(closing) < 2.6 * size)
      assert.deepEqual(
        textsOf(summed),
        (dim === '0' ? ['26', '10', '74', '44', '20', '100'] : ['17', '5', '61', '53', '25', '113']).sort(),
      )
    },
    { ...SAME, reads: true },
  )

pageTest(
  'a sum stands over the lengths, and the bar between them opens into the result',
  async (page) => {
    const summed = await marksAt(page, 0, '0.63')
    const divided = await marksAt(page, 0, '0.81')
    assert.deepEqual(textsOf(divided), ['26', '44', '·', '·', '√10', '√74', '√20', '√100'].sort())
    for (const [lane, bar] of divided.result.entries()) {
      const cell = summed.mix[lane]
      assert.ok(height(bar) < 6 && width(bar) > 0.8 * width(cell))
      for (const { text, top, bottom, left } of divided.figure) {
        if (left < cell.left || left > cell.right) continue
        assert.ok(text.startsWith('√') || text === '·' ? top > bar.bottom - 2 : bottom < bar.top + 2, text)
      }
    }
    const ended = await marksAt(page, 0, '1')
    assert.deepEqual(ended.result.map(place), summed.mix.map(place))
    assert.deepEqual(
      ended.figure.map(({ text }) => text),
      ['0.9558', '0.9839'],
    )
  },
  { ...SAME, reads: true },
)
