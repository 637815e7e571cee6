/** Every number that the collapse shows, at every stage: PyTorch's results, and the laws of what leads to them. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { collapseOf, isFlat, isPressable, isSpatial, shortened, TABLES } from '../../web/explorer/model/collapse.js'
import { commonShape, explanationsOf } from '../../web/explorer/model/explanations.js'
import { printedElements } from '../../web/explorer/model/numbers.js'
import { PRESETS } from '../../web/explorer/model/presets.js'
import { readHash, writeHash } from '../../web/explorer/state/hash.js'
import { createStore, INITIAL } from '../../web/explorer/state/state.js'
import { textsIn } from '../../web/explorer/texts/languages.js'
import { heightFor, layoutOf } from '../../web/explorer/view/collapse/layout.js'
import {
  progressAt,
  STAGES,
  snapped,
  stageAt,
  tAfter,
  timeTo,
  WHOLE_TIME,
} from '../../web/explorer/view/collapse/stages.js'

const golden = (name) => JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'))
const presets = golden('presets')

const number = (text) => Number(text.replace('−', '-'))
const close = (one, other, what) =>
  assert.ok(Math.abs(one - other) <= 1e-4 * Math.max(1, Math.abs(other)), `${what}: ${one} is not ${other}`)
const product = (sizes) => sizes.reduce((count, size) => count * size, 1)
const total = (texts) => texts.map(number).reduce((sum, one) => sum + one, 0)

/** What is shown is what it is said to be, up to the rounding of print. */
function assertLaws({ lanes, common, axis }, a, b) {
  const seen = new Set()
  for (const lane of lanes) {
    const { pairs, sum, sums, roots, lengths, result } = lane
    for (const [place, pair] of pairs.entries()) {
      const { index } = pair
      seen.add(`${index}`)
      assert.deepEqual(index, [...lane.index.slice(0, axis), place, ...lane.index.slice(axis)])
      close(number(pair.a), a(index), 'a')
      close(number(pair.b), b(index), 'b')
      close(number(pair.product), number(pair.a) * number(pair.b), 'product')
      for (const [i, one] of [pair.a, pair.b].entries()) {
        close(number(pair.squared[i]), number(one) ** 2, 'square')
        assert.equal(pair.squares[i], one.startsWith('−') ? `(${one})²` : `${one}²`)
      }
      assert.equal(pair.factors[1], pair.b.startsWith('−') ? `(${pair.b})` : pair.b)
    }
    close(number(sum), total(pairs.map(({ product }) => product)), 'sum')
    assert.equal(
      pairs.map(({ term }) => term).join(' + '),
      pairs
        .map(({ product }) => product)
        .join(' + ')
        .replace(/(?<=\+ )−[^ ]+/g, '($&)'),
    )
    for (const i of [0, 1]) {
      close(number(sums[i]), total(pairs.map(({ squared }) => squared[i])), 'sum of squares')
      if (roots[i] === 'eps') continue
      assert.equal(roots[i], `√${sums[i]}`)
      close(number(lengths[i]) ** 2, number(sums[i]), 'length')
    }
    close(number(result), number(sum) / number(lengths[0]) / number(lengths[1]), 'result')
    for (const { heads, say } of Object.values(TABLES)) assert.equal(say(lane).length, heads.length)
  }
  assert.equal(seen.size, product(common), 'every cell is in one lane')
}

const shown = PRESETS.map((preset, i) => ({ ...preset, answers: presets[i].answers })).filter(({ changes: { a, b } }) =>
  [a, b].every(({ shape }) => isPressable(shape)),
)

test('the picture has room for all examples but iris, and for no more than three axes', () => {
  assert.deepEqual(
    shown.map(({ key }) => key),
    ['2x2', '2x3', '3x2', '1x4', '2x2x2', '2x3x4', 'pairs'],
  )
  for (const shape of [[3], [4, 6], [6, 4]]) assert.ok(isFlat(shape) && isPressable(shape), `${shape}`)
  for (const shape of [
    [2, 3, 4],
    [4, 4, 5],
    [1, 5, 1],
  ])
    assert.ok(isSpatial(shape) && isPressable(shape), `${shape}`)
  for (const shape of [[], [7], [5, 5], [7, 1], [2, 2, 6], [5, 5, 4], [1, 2, 2, 2]])
    assert.ok(!isPressable(shape), `${shape}`)
})

test('three different sizes tell which axis is gone, and no two results of 2×3×4 are the same', () => {
  const { answers } = presets[PRESETS.findIndex(({ key }) => key === '2x3x4')]
  assert.deepEqual(
    answers.map(({ shape }) => shape),
    [
      [3, 4],
      [2, 4],
      [2, 3],
    ],
  )
  const results = answers.flatMap(({ printed }) => printedElements(printed))
  assert.equal(results.length, 12 + 8 + 6)
  assert.equal(new Set(results).size, results.length)
})

for (const { key, changes, answers } of shown)
  for (const { dim, shape, printed } of answers)
    test(`${key} along dim=${dim}: every number, and PyTorch’s result`, () => {
      const [view] = createStore({ ...INITIAL, ...changes, dims: [dim] }, () => {}).views
      const collapse = collapseOf(view)
      /** @param {import('../../web/explorer/model/tensors.js').TypedTensor} tensor */
      const at =
        ({ shape, cells }) =>
        (index) =>
          Number(cells[shape.reduce((place, size, each) => place * size + (size === 1 ? 0 : index[each]), 0)])
      assertLaws(collapse, at(changes.a), at(changes.b))
      assert.equal(collapse.printed, printed)
      assert.deepEqual(collapse.shape, shape)
      assert.equal(collapse.isDown, dim === shape.length - 1)
      assert.deepEqual(
        collapse.lanes.map(({ result }) => result.replace('−', '-')),
        printedElements(printed),
      )
    })

test('PyTorch’s answers to other shapes, broadcasting, zero vectors and eps', () => {
  const asked = golden('golden').similarity.filter(
    ({ x1, x2, result, cast }) =>
      result &&
      !cast &&
      [x1, x2].every(
        ({ shape, data, dtype, strides }) => dtype === 'float32' && data && !strides && isPressable(shape),
      ),
  )
  let count = 0
  for (const { x1, x2, dim = 1, eps = 1e-8, result } of asked) {
    const [a, b] = [x1, x2].map(({ shape, data }) => ({ shape, values: data.map(Number) }))
    if (!result.data?.every(Number.isFinite) || ![...a.values, ...b.values].every((one) => Math.abs(one) < 1e4))
      continue
    const [view] = explanationsOf({ a, b, eps }, [dim])
    if (!view.outputs || !isPressable(view.common)) continue
    const { lanes } = collapseOf(
      /** @type {import('../../web/explorer/model/explanations.js').ViewWithResult} */ (view),
    )
    lanes.forEach((lane, i) => {
      close(number(lane.result), result.data[i], 'result')
    })
    count++
  }
  assert.ok(count > 50, `${count}`)
})

const collapseAt = (hash) => collapseOf(createStore(readHash(hash, INITIAL).state, () => {}).views[0])
const said = (collapse, key) => collapse.lanes.map(TABLES[key].say)

test('each stage is said in numbers', () => {
  const collapse = collapseAt('#a=[[1,2],[-3,4]]&b=[[5,6],[7,-8]]&dim=0')
  assert.deepEqual(said(collapse, 'apart')[0], ['1, −3', '5, 7'])
  assert.deepEqual(said(collapse, 'pair')[0], ['(1, 5), (−3, 7)'])
  assert.deepEqual(said(collapse, 'multiply')[0], ['1 · 5 = 5, −3 · 7 = −21', '1² = 1, (−3)² = 9', '5² = 25, 7² = 49'])
  assert.deepEqual(said(collapse, 'multiply')[1][0], '2 · 6 = 12, 4 · (−8) = −32')
  assert.deepEqual(said(collapse, 'add')[0], ['5 + (−21) = −16', '1 + 9 = 10', '25 + 49 = 74'])
  assert.deepEqual(said(collapse, 'divide')[0], ['−16 / (√10 · √74)'])
  assert.deepEqual(said(collapse, 'cosine')[0], ['−16 / (3.1623 · 8.6023) = −0.5882'])
})

test('a length below eps is eps, and with eps=0 a zero vector gives nan', () => {
  const zero = '#a=[[0,2],[0,4]]&b=[[5,6],[7,8]]&dim=0'
  const clamped = collapseAt(zero)
  assert.ok(clamped.isClamped)
  assert.deepEqual(said(clamped, 'divide')[0], ['0 / (eps · √74)'])
  assert.deepEqual(said(clamped, 'cosine')[0], ['0 / (1e-08 · 8.6023) = 0.0000'])
  assert.ok(!collapseAt('#').isClamped)
  assert.equal(collapseAt(`${zero}&eps=0`).lanes[0].result, 'nan')
})

test('a length that is nan stays so: eps takes the place of none', () => {
  const { lanes, isClamped } = collapseAt('#a=[[nan,2],[3,4]]&b=[[5,6],[7,8]]')
  assert.ok(!isClamped)
  assert.deepEqual(lanes[0].roots, ['√nan', '√74'])
  assert.deepEqual(
    lanes.map(({ result }) => result),
    ['nan', '0.9839'],
  )
})

test('what broadcasting repeats is marked', () => {
  const { lanes } = collapseAt('#a=[[1,2,3],[4,5,6]]&b=[[1],[-2]]&dim=1')
  assert.deepEqual(
    lanes.map(({ pairs }) => pairs.map(({ ghosts }) => ghosts)),
    [0, 1].map(() => [false, true, true].map((isGhost) => [false, isGhost])),
  )
})

test('broadcasting over three axes repeats A down and B from layer to layer', () => {
  const { lanes, common, printed } = collapseAt('#example=pairs&dim=-1')
  assert.deepEqual(common, [2, 2, 2])
  for (const { index, pairs } of lanes)
    for (const { ghosts } of pairs) assert.deepEqual(ghosts, [index[1] > 0, index[0] > 0])
  assert.equal(printed, presets[PRESETS.findIndex(({ key }) => key === 'pairs')].answers[2].printed)
})

test('one axis becomes one number', () => {
  const collapse = collapseAt('#a=[1,2,3]&b=[4,5,6]')
  assert.deepEqual([collapse.rows, collapse.columns, collapse.isDown], [1, 3, false])
  assert.deepEqual(collapse.shape, [])
  // numpy.dot([1, 2, 3], [4, 5, 6]) is 32; SciPy's distance.cosine gives 1 − 0.9746.
  assert.deepEqual(said(collapse, 'cosine'), [['32 / (3.7417 · 8.775) = 0.9746']])
})

test('a shortened number is near the whole one, and no digit of it is made up', () => {
  const shortTo = (text, most) => shortened(text, ({ length }) => length <= most)
  assert.equal(shortTo('98765.4321²', 6), '98765²')
  assert.equal(shortTo('98765.4321²', 5), '1e5²')
  assert.equal(shortTo('(−0.00123)²', 20), '(−0.00123)²')
  assert.equal(shortTo('1.2346e+08', 6), '1.23e8')
  assert.equal(shortTo('0.9972', 4), '1.0', 'not 1, which would be the same direction')
  assert.equal(shortTo('25.00', 3), '25')
  const positive = fc.double({ min: 1e-6, max: 1e9, noNaN: true }).map((one) => `${Number(one.toPrecision(8))}`)
  fc.assert(
    fc.property(positive, fc.integer({ min: 3, max: 12 }), (text, most) => {
      const short = shortTo(text, most)
      assert.ok(short.length <= Math.max(most, 5), short)
      assert.ok(Math.abs(Number(short) / Number(text) - 1) < 0.5, short)
    }),
  )
})

test('on a phone, the results of every flat example have all their digits, and no root is wider than half its cell', () => {
  // 390 × 844 with the widest type that is usual, DejaVu Sans.
  const room = { width: 358, rem: 16, character: 0.7, isBelow: true }
  for (const { changes } of PRESETS.filter(({ changes }) => isFlat(changes.a.shape) && isFlat(changes.b.shape))) {
    const { views } = createStore({ ...INITIAL, ...changes }, () => {})
    for (const view of views.filter(({ outputs }) => outputs)) {
      const collapse = collapseOf(view)
      const { rows, lanes } = collapse
      const { side, gap, fit, widthOf } = layoutOf(collapse, { ...room, height: heightFor(rows, 0.18 * 844, room.rem) })
      const size = side - 2 * gap
      for (const { result, roots } of lanes) {
        assert.equal(fit(result, size * 0.93, size * 0.27).text, result, `${view.common}`)
        for (const root of roots) {
          const form = fit(root, size * 0.48, size * 0.19, 8)
          assert.ok(
            widthOf(form.text, form.size) <= side / 2 + 0.5,
            `${form.text}: ${widthOf(form.text, form.size)} in ${side / 2}`,
          )
        }
      }
    }
  }
})

test('the stages follow each other, and playing rests at each', () => {
  assert.deepEqual(
    Object.keys(TABLES),
    STAGES.map(({ key }) => key),
  )
  STAGES.forEach(({ at, key }, i) => {
    assert.equal(stageAt(at), i)
    assert.equal(snapped(at + 0.005), at)
    assert.equal(tAfter(timeTo(at)), at)
    if (i) assert.equal(progressAt(at)[key], 1)
    if (i && i < STAGES.length - 1) {
      assert.equal(stageAt(at + 0.07), i + 1)
      assert.equal(stageAt(at + 0.03), i, `${key} is still to be seen`)
      assert.equal(tAfter(timeTo(at) - 100), at, `rests at ${key}`)
    }
  })
  assert.equal(tAfter(WHOLE_TIME), 1)
  for (let time = 0; time < WHOLE_TIME; time += 50) assert.ok(tAfter(time) <= tAfter(time + 50))
})

test('a link names the stage, and a bad one is complained about in both languages', () => {
  for (const { key, at } of STAGES) {
    assert.equal(readHash(`#stage=${key}`, INITIAL).state.stage, at)
    assert.equal(writeHash({ ...INITIAL, stage: at }, INITIAL), `#stage=${key}`)
  }
  assert.equal(readHash('#stage=0.47', INITIAL).state.stage, 0.47)
  for (const bad of ['squeeze', '2', '-0.1', 'NaN']) {
    const { state, complaints } = readHash(`#stage=${bad}`, INITIAL)
    assert.equal(state.stage, undefined)
    assert.match(complaints[0](textsIn('en')), new RegExp(`no stage “${bad}”. There are apart, pair, .*cosine`))
    assert.match(complaints[0](textsIn('zh-Hans')), new RegExp(`没有“${bad}”这一步.*cosine`))
  }
})

test('shapes that do not broadcast have no picture', () => {
  const [view] = createStore(readHash('#a=[[1,2,3]]&b=[[1,2]]', INITIAL).state, () => {}).views
  assert.equal(view.outputs, undefined)
  assert.equal(commonShape(view.A, view.B), undefined)
})
