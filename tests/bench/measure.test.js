/** The benchmark's arithmetic, with contestants whose times are made up; and its table has every mark. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { rivals } from './contestants.js'
import { CONTESTS } from './contests.js'
import { onceInNode } from './first-use.js'
import { byNode, held, inTurn, median, overRuns, ratio, slowest } from './measure.js'
import { longestTurn } from './turns.js'

test('median and ratio', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 2, 3]), 2.5)
  assert.equal(ratio([2, 20, 300], [1, 10, 100]), 2, 'per round, not of the medians')
})

test('a limit is the slowest resource, in its fastest form', () => {
  const taken = { read: [9, 9, 9], 'read well': [4, 5, 6], multiply: [7, 7, 100], 'multiply well': [5, 6, 7] }
  assert.equal(slowest([['read', 'read well'], ['multiply well']], taken), 'multiply well')
  assert.equal(slowest([['read'], ['multiply', 'multiply well']], taken), 'read')
  assert.equal(slowest([['multiply']], taken), 'multiply')
})

test('marks', () => {
  assert.equal(held({ fast: 1.5 }, 1.5), true)
  assert.equal(held({ fast: 1.5 }, 1.4), false)
  assert.equal(held({ time: 1.6 }, 1.6), true)
  assert.equal(held({ time: 1.6 }, 1.7), false)
  assert.equal(held({ flat: 0.25 }, 0.8), true)
  assert.equal(held({ flat: 0.25 }, 1.3), false)
  assert.equal(held({ atMost: 0 }, 0), true)
  assert.equal(held({ atMost: 0 }, Number.NaN), false)
  assert.equal(held({}, 1), undefined)
})

test('a mark by Node is that of the newest version listed which is not newer', () => {
  const marks = { 20: 2.5, 26: 1.6 }
  assert.deepEqual(
    [18, 20, 24, 26, 28].map((node) => byNode(marks, node)),
    [2.5, 2.5, 2.5, 1.6, 1.6],
  )
  assert.ok([2.5, 1.6].includes(byNode(marks)), 'the running one by default')
})

test('a mark is judged on the median of several runs', () => {
  const contest = { name: 'rows', what: '64 × 768', per: 'row' }
  const marks = [{ fast: 0.6 }, { time: 1.1 }]
  const run = (ns, limit, form, others) => ({
    ...contest,
    ns,
    figures: [
      { rival: 'limit', mark: marks[0], by: form, ns: ns * limit, figure: limit },
      { rival: 'other rows', mark: marks[1], by: 'other rows', ns: 100, figure: others },
      { rival: 'PyTorch', mark: {} },
    ],
  })
  const runs = [run(130, 0.5, 'read_two_1', 1), run(900, 0.7, 'read_two_2', 9), run(120, 0.65, 'read_two_1', 1.05)]
  const { ns, own, figures } = overRuns(runs)
  assert.equal(ns, 130)
  assert.equal(own, undefined)
  assert.deepEqual(figures, [
    { rival: 'limit', mark: marks[0], by: 'read_two_1 or read_two_2', ns: 78, figure: 0.65 },
    { rival: 'other rows', mark: marks[1], by: 'other rows', ns: 100, figure: 1.05 },
    { rival: 'PyTorch', mark: {}, by: undefined, ns: undefined, figure: undefined },
  ])
  const found = (own) => ({ ...contest, mark: { atMost: 3 }, own })
  assert.equal(overRuns([2, 40, 1, 3].map(found)).own, 2.5)
  assert.equal(overRuns([2, undefined, 1].map(found)).own, undefined, 'not found in every run')
})

test('contestants take turns, and are timed per piece of work, even by their own clock', async () => {
  const order = []
  const contestant = (name, ms) => async (times) => {
    order.push(name)
    return times * ms
  }
  const taken = await inTurn({ slow: contestant('slow', 200), quick: contestant('quick', 0.5) })
  assert.ok(taken.slow.length >= 5)
  assert.deepEqual(
    taken.slow,
    taken.slow.map(() => 200),
    '200 ms each',
  )
  assert.deepEqual(
    taken.quick,
    taken.slow.map(() => 0.5),
  )
  const rounds = order.slice(-2 * taken.slow.length)
  assert.deepEqual(
    rounds,
    taken.slow.flatMap(() => ['slow', 'quick']),
  )
})

test('a first use has its own process', () => {
  const [one, other] = [onceInNode(), onceInNode()]
  for (const taken of [one.import, one.call, other.import, other.call]) assert.ok(taken > 0.1, `${taken} ms`)
})

test('the longest turn is that of the work', async () => {
  const turns = async () => {
    for (const ms of [5, 60, 20]) {
      await new Promise((resolve) => setTimeout(resolve))
      for (const end = performance.now() + ms; performance.now() < end; );
    }
  }
  const longest = await longestTurn(turns)
  assert.ok(longest >= 60 && longest < 85 + 60, `${longest} ms`)
})

test('a page can time contests: that takes nothing of Node', async () => {
  const timed = fileURLToPath(new URL('timed.js', import.meta.url))
  // What is imported on first use is for Node.
  const external = ['cosdim', './limits.js', './peers/index.js']
  await build({ entryPoints: [timed], bundle: true, write: false, format: 'esm', platform: 'browser', external })
})

test('every mark is in the table, and every rival is known', () => {
  const marks = {
    'rows, resident': 7,
    'columns, resident': 7,
    'a call': 0,
    'one query, resident': 1,
    'top 10, resident': 1,
    'one query, by length': 6,
    'top 10, by length': 0,
    'rows, by length': 0,
    'columns, by length': 6,
    'typed arrays': 2,
    'a single pair of typed arrays': 8,
    'a single pair, resident': 1,
    cosineDistance: 1,
    'a single pair of number[]': 2,
    'short rows and columns, resident': 4,
    'float64 rows, resident': 1,
    'int8 rows, resident': 1,
    'float16 rows, resident': 1,
    'top 10 of int8, resident': 2,
    'top 10 of float16, resident': 2,
    'pairwise, resident': 6,
    'top 10 of lists': 2,
    'cost against size': 2,
    'extra wasm memory for typed arrays': 1,
    'wasm module': 2,
    'npm package': 1,
    'first use': 3,
    'longest turn of the Async forms': 2,
  }
  const found = {}
  const known = rivals({})
  for (const { name, own, mark, work, against = {} } of CONTESTS) {
    assert.ok(own || work, name)
    for (const [rival, { work: ofCosdim }] of Object.entries(against)) assert.ok(ofCosdim || known[rival], rival)
    const all = own ? [mark ?? {}] : Object.values(against)
    found[name] = (found[name] ?? 0) + all.filter((one) => held(one, 1) !== undefined).length
  }
  assert.deepEqual(found, marks)
})
