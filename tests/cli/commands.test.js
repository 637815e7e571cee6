/** The commands: what they print is what the library gives. */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import {
  attentionDistribution,
  cosineDistance,
  cosineSimilarity,
  explain,
  pairwiseCosineSimilarity,
  tensor,
  topkCosineSimilarity,
} from 'cosdim'
import { fromNpy, toNpy } from 'cosdim/npy'
import { makeManifest } from 'cosdim/shards'
import { folderWith, printed, shell } from './run.js'

const A = '[[1, 2, 2], [3, 4, -1]]'
const B = '[[5, 6, 1], [7, 8, 3]]'
const [a, b] = [A, B].map((text) => JSON.parse(text))
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

test('each command prints what the library gives', async () => {
  const q = [1, 0.5, -2]
  const topk = topkCosineSimilarity(q, a, 2)
  /** @type {[string[], unknown][]} */
  const calls = [
    [[A, B], cosineSimilarity(a, b)],
    [[A, B, '--dim', '0'], cosineSimilarity(a, b, { dim: 0 })],
    [['similarity', A, B, '--dim', '-2', '--eps', '40'], cosineSimilarity(a, b, { dim: 0, eps: 40 })],
    [['--dtype=float64', A, B, '--dim=-1'], cosineSimilarity(a, b, { dtype: 'float64' })],
    [[A, B, '--dtype', 'float16', '--eps', '.5e-3'], cosineSimilarity(a, b, { dtype: 'float16', eps: 5e-4 })],
    [['[1, 2]', '[3, 4]', '--dim', '-1'], cosineSimilarity([1, 2], [3, 4], { dim: 0 })],
    [['pairwise', A, B], pairwiseCosineSimilarity(a, b)],
    [['--eps', '9', 'pairwise', A], pairwiseCosineSimilarity(a, undefined, { eps: 9 })],
    [['distance', '[1, 3]', '[3, 1]'], cosineDistance([1, 3], [3, 1])],
    [['distance', '[1, 3]', '[3, 1]', '--weights', '[1, 2]'], cosineDistance([1, 3], [3, 1], { weights: [1, 2] })],
    [['distance', '[0, 0]', '[3, 1]'], 'nan'],
    [['attention', '[1, 2, 3]', A], attentionDistribution([1, 2, 3], a)],
    [
      ['attention', '[1, 2, 3]', A, '--normalize', 'softmax'],
      attentionDistribution([1, 2, 3], a, { normalize: 'softmax' }),
    ],
    // As PyTorch prints torch.topk's result, whose indices are int64.
    [
      ['topk', JSON.stringify(q), A, '-k', '2'],
      `torch.return_types.topk(\nvalues=${topk.values},\nindices=${tensor(BigInt64Array.from(topk.indices, BigInt))})`,
    ],
  ]
  const texts = await Promise.all(calls.map(([args]) => printed(args)))
  for (const [i, [args, expected]] of calls.entries()) assert.equal(texts[i], `${expected}\n`, args.join(' '))
})

test('--json has the numbers, and null for those that JSON lacks', async () => {
  const json = async (...args) => JSON.parse(await printed([...args, '--json']))
  assert.deepEqual(await json(A, B), cosineSimilarity(a, b).tolist())
  assert.deepEqual(await json('[[1e38, 1]]', '[[0, 0]]', '--eps', '0'), [null])
  assert.equal(await json('distance', '[0, 0]', '[1, 2]'), null)
  const { values, indices } = topkCosineSimilarity(a, b, 2)
  assert.deepEqual(await json('topk', A, B), { values: values.tolist(), indices: indices.tolist() })
  const twelve = Array.from({ length: 12 }, (_, i) => [1, i])
  assert.equal((await json('topk', '[1, 0]', JSON.stringify(twelve))).values.length, 10)
  const { terms, ...working } = explain(a, b, { dim: 0 }).at(1)
  assert.deepEqual(await json('explain', A, B, '--dim', '0', '--at', '1'), [{ index: [1], ...working, terms }])
  const all = await json('explain', `[${A}]`, `[${B}]`, '--dim', '0')
  const indicesOf = (rows, columns) =>
    Array.from({ length: rows * columns }, (_, i) => [Math.trunc(i / columns), i % columns])
  assert.deepEqual(
    all.map(({ index }) => index),
    indicesOf(2, 3),
  )
})

test('explain shows sums with their terms', async () => {
  assert.equal(
    await printed(['explain', '[[1, 2], [3, 4]]', '[[5, 6], [7, 8]]', '--dim', '0', '--at', '0']),
    `similarity[0] = 0.9558
  dot   = 1·5 + 3·7 = 26
  norm1 = √(1² + 3²) = 3.1623
  norm2 = √(5² + 7²) = 8.6023
  26 / (3.1623 · 8.6023) = 0.9558, an angle of 17.1027°
`,
  )
  const zero = await printed(['explain', '[1, -2]', '[0, 0]', '--dim', '0'])
  assert.match(zero, /^similarity = 0\n {2}dot {3}= 1·0 \+ \(-2\)·0 = 0\n/)
  assert.match(zero, /norm2 = √\(0² \+ 0²\) = 0, raised to eps, 1e-8\n/)
  const long = JSON.stringify([Array.from({ length: 100 }, (_, i) => i)])
  assert.match(
    await printed(['explain', long, long]),
    /dot {3}= 0·0 \+ 1·1 \+ 2·2 \+ … \+ 97·97 \+ 98·98 \+ 99·99 = 328350\n/,
  )
  assert.match(
    await printed(['explain', '[0.0001220703125, 0.00006103515625, 8388607.5]', '[1, 1, 1]', '--dim', '0']),
    /dot {3}= 0\.0001·1 \+ 6\.1035e-5·1 \+ 8388607\.5000·1 = /,
  )
  assert.match(await printed(['explain', long, long, '--dim', '0']), /^similarity\[9\].*… and 90 more\..*--at 99$/ms)
  const eleven = JSON.stringify([Array(11).fill(1)])
  assert.match(await printed(['explain', eleven, eleven, '--dim', '0']), /… and 1 more\..*--at 10$/ms)
})

test('--out writes what --json prints, and nothing else', async () => {
  const cwd = folderWith()
  const read = (name) => fromNpy(readFileSync(join(cwd, name)))
  const out = (...args) => printed([...args, '--out', 'r.npy'], { cwd })
  assert.equal(await out(A, B), '')
  assert.deepEqual(read('r.npy'), cosineSimilarity(a, b))
  await out('distance', '[1, 3]', '[3, 1]')
  assert.deepEqual([read('r.npy').shape, read('r.npy').item()], [[], cosineDistance([1, 3], [3, 1])])
  await out('topk', A, B, '-k', '1')
  const { values, indices } = topkCosineSimilarity(a, b, 1)
  assert.deepEqual(read('r.values.npy'), values)
  assert.deepEqual(read('r.indices.npy').data, BigInt64Array.from(indices.data, BigInt))
})

test('manifest lists the .npy files of a folder, by the numbers in their names', async () => {
  const folder = folderWith({ 'notes.txt': '', 'part-10.npy': toNpy(a), 'part-2.npy': toNpy(b) })
  const paths = ['part-2.npy', 'part-10.npy'].map((name) => join(folder, name))
  assert.deepEqual(JSON.parse(await printed(['manifest', folder])), await makeManifest(paths, { open }))
})

test('help names every command and option, and every example runs', async () => {
  const help = await printed(['--help'])
  assert.equal(await printed(['-h']), help)
  assert.equal(await printed(['--version']), `${version}\n`)
  const cwd = folderWith({
    'query.json': '[1, 2]',
    'rows.csv': '1,2\n3,4\n',
    'corpus.jsonl.gz': gzipSync('[1, 2]\n[3, 4]\n'),
  })
  for (const name of ['documents', 'a', 'b', 'corpus'])
    await printed(['pairwise', '[[1, 2], [3, 4]]', '--out', `${name}.npy`], { cwd })
  mkdirSync(join(cwd, 'shards'))
  await printed(['pairwise', '[[1, 2], [3, 4]]', '--out', 'shards/a.npy'], { cwd })
  await printed(['[[1, 2], [2, 1]]', '[[1], [1]]', '--dim', '0', '--out', 'query.npy'], { cwd })
  const names = [...help.matchAll(/^ {2}([a-z]+) .* {2}/gm)].map(([, name]) => name)
  assert.deepEqual(names, [
    'similarity',
    'pairwise',
    'topk',
    'distance',
    'attention',
    'explain',
    'manifest',
    'completion',
  ])
  const examples = []
  for (const name of names) {
    const about = await printed([name, '--help'])
    assert.equal(await printed(['-h', name]), about)
    const [, listed] = about.split('\nExamples\n')
    examples.push(...listed.trimEnd().split('\n'))
    for (const line of [...about.split('\n'), ...help.split('\n')]) assert.ok(line.length <= 120, line)
  }
  const script = examples.filter((example) => !example.includes('completion')).join('\n')
  assert.match(await shell(script, cwd), /^tensor\(\[0\.9558, 0\.9839\]\)\n/)
  assert.ok(examples.length > names.length && help.includes(examples[0]))
})
