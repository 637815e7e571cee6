/** Inputs and outputs: NumPy's files, text, standard input, what is larger than what is held, and what is wrong with them. */
import assert from 'node:assert/strict'
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { cosineSimilarity, pairwiseCosineSimilarity, tensor, topkCosineSimilarity } from 'cosdim'
import { fromNpy, toNpy } from 'cosdim/npy'
import { stream } from '../bench/data.js'
import { arrays } from '../js/npy-files.js'
import { cosdim, folderWith, GOLDEN, printed, shell } from './run.js'

const matrix = (n, d, seed) => {
  const random = stream(seed)
  return tensor(
    Float32Array.from({ length: n * d }, () => random() - 0.5),
    { shape: [n, d] },
  )
}

test('the files that NumPy wrote, in any order of bytes and elements, are what their lists are', async () => {
  // One of each dtype, order and byte order; the first row of the floats has NaN.
  const files = arrays.filter(({ file }) => /^(f[248]-[CF]-big|i8-F-little|u2-C-big|3d-F|b1-C-little)$/.test(file))
  assert.ok(files.length === 10)
  await Promise.all(
    files.map(async ({ file, shape }) => {
      const path = `${GOLDEN}${file}.npy`
      const whole = await printed([path, path, '--dtype', 'float64', '--dim', '0'])
      const x = fromNpy(readFileSync(path))
      assert.deepEqual(x.shape, shape)
      assert.equal(whole, `${cosineSimilarity(x, x, { dim: 0, dtype: 'float64' })}\n`, file)
    }),
  )
})

test('a result is a file that NumPy reads: the same bytes as of cosdim/npy', async () => {
  const cwd = folderWith()
  await printed(['pairwise', '[[1, 2], [3, 4]]', '--out', 'r.npy'], { cwd })
  assert.deepEqual(
    readFileSync(join(cwd, 'r.npy')),
    Buffer.from(
      toNpy(
        pairwiseCosineSimilarity([
          [1, 2],
          [3, 4],
        ]),
      ),
    ),
  )
})

const ROWS = [
  [1, 0],
  [3, 4],
  [-0.5, 2e-1],
]
const TEXTS = {
  'a.json': JSON.stringify(ROWS),
  'pretty.json': `\n${JSON.stringify(ROWS, undefined, 2)}\n`,
  'flat.json': '{ "data": [1, 0, 3, 4, -0.5, 0.2], "shape": [3, 2] }',
  'lines.json': '[1, 0]\n[3, 4]\n[-0.5, 0.2]\n',
  'a.jsonl': '[1, 0]\n\n[3, 4]\r\n[-0.5, 2e-1]',
  'a.csv': '1,0\n3,4\n-.5,2e-1\n',
  'windows.csv': '\ufeffconstructor;y\r\n1;0\r\n3;4\r\n-0.5;"0.2"\r\n',
  'numpy.csv': '# a comment\n1.000e+00 0\n3 4\n-0.5 0.2\n',
  'a.tsv': 'x\ty\n1\t0\n3\t4\n-0.5\t0.2\n',
  'a.npy': toNpy(ROWS),
}

test('texts of all kinds, by their names and by their first bytes', async () => {
  const cwd = folderWith(TEXTS)
  const expected = `${pairwiseCosineSimilarity(ROWS)}\n`
  await Promise.all(
    Object.entries(TEXTS).map(async ([name, stdin]) => {
      assert.equal(await printed(['pairwise', name], { cwd }), expected, name)
      assert.equal(await printed(['pairwise', '-'], { stdin }), expected, `${name} as standard input`)
    }),
  )
  // The format is asked for where first bytes mislead.
  const stdin = '[[1, 0]]\n[[3, 4]]\n'
  assert.match(
    await printed(['-', '[[[1, 1]]]', '--dim', '2', '--format', 'jsonl'], { stdin }),
    /^tensor\(\[\[0\.7071\],/,
  )
  assert.equal(await shell('cosdim pairwise <(cat a.npy)', cwd), expected)
})

test('numbers of text have the dtype that is asked for', async () => {
  const tiny = ['pairwise', '[[1e-200, 0], [1e-200, 1e-200]]', '--eps', '0']
  assert.equal(
    await printed([...tiny, '--dtype', 'float64', '--json']),
    '[[1,0.7071067811865475],[0.7071067811865475,1]]\n',
  )
  const cwd = folderWith({ 'nan.csv': 'nan,1\n-inf,2\n' })
  assert.equal(await printed(['pairwise', 'nan.csv', '--json'], { cwd }), '[[null,null],[null,null]]\n')
  const column = folderWith({ 'u.csv': '1\n3\n', 'v.csv': 'a,b\n3,1\n' })
  assert.equal(await printed(['distance', 'u.csv', 'v.csv'], { cwd: column }), '0.4\n')
})

test('what is wrong with an input is said with its file and line', async () => {
  const files = {
    'ragged.jsonl': '[1, 2]\n\n[3]\n',
    'word.jsonl': '[1, 2]\n[3, "x"]\n',
    'broken.jsonl': '[1, 2]\n[3, 4\n',
    'object.jsonl': '{"id": 1, "embedding": [1, 2]}\n',
    'large.jsonl': '[1, 2]\n[3, 1e39]\n',
    'broken.json': '[[1, 2],\n [3, 4],\n]',
    'commas.json': '\n[[1, 2],\n\n [3,, 4],\n [5, 6]]',
    'short.json': '{ "data": [1,\n2, 3], "shape": [3\n',
    'ragged.csv': 'x,y\n1,2\n3,4,5\n',
    'word.csv': '1,2\n3,four\n',
    'gap.csv': '1,2\n3,\n',
    'index.csv': ',0,1\n0,1,2\n',
    'empty.csv': '',
    'cut.npy': toNpy(ROWS).subarray(0, 140),
    'text.npy': 'no',
  }
  const cwd = folderWith(files)
  /** @type {Record<string, RegExp>} */
  const said = {
    'ragged.jsonl': /^cosdim: ragged\.jsonl:3: .*length 2 .*got 1\)/,
    'word.jsonl': /^cosdim: word\.jsonl:2: /,
    'broken.jsonl': /^cosdim: broken\.jsonl:2: .*JSON/,
    'object.jsonl': /^cosdim: object\.jsonl:1: .*jq -c \.embedding\.$/m,
    'large.jsonl': /^cosdim: large\.jsonl:2: .*1e\+?39/,
    'broken.json': /^cosdim: broken\.json:3: /,
    'commas.json': /^cosdim: commas\.json:4: /,
    'short.json': /^cosdim: short\.json:3: /,
    'ragged.csv': /^cosdim: ragged\.csv:3: .*length 2 .*got 3\)/,
    'word.csv': /^cosdim: word\.csv:2: cell 2, 'four', is not a number\.$/m,
    'gap.csv': /^cosdim: gap\.csv:2: cell 2 is empty\.$/m,
    'index.csv': /^cosdim: index\.csv:1: cell 1 is empty\.$/m,
    'empty.csv': /^cosdim: empty\.csv is empty\.$/m,
    'cut.npy': /^cosdim: cut\.npy: This \.npy file is cut off/,
    'text.npy': /^cosdim: text\.npy: This is not a \.npy file/,
  }
  await Promise.all(
    Object.entries(said).map(async ([name, message]) => {
      const { code, stdout, stderr } = await cosdim(['pairwise', name], { cwd })
      assert.deepEqual([code, stdout, stderr.split('\n').length], [1, '', 2], `${name}: ${stderr}`)
      assert.match(stderr, message)
    }),
  )
  const { stderr } = await cosdim(['topk', '[1, 2]', '-'], { stdin: files['word.csv'] })
  assert.match(stderr, /^cosdim: standard input:2: cell 2/)
})

test('a corpus in chunks has the best rows of one call', async () => {
  const [corpus, query] = [matrix(40_000, 16, 1), matrix(2, 16, 2)]
  const cwd = folderWith({
    'corpus.npy': toNpy(corpus),
    'query.npy': toNpy(query),
    'corpus.jsonl': corpus
      .tolist()
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
    'corpus.csv': corpus
      .tolist()
      .map((row) => `${row.join()}\n`)
      .join(''),
  })
  const { values, indices } = topkCosineSimilarity(query, corpus, 12)
  const expected = { values: values.tolist(), indices: indices.tolist() }
  await Promise.all(
    ['npy', 'jsonl', 'csv'].map(async (format) => {
      const stdin = readFileSync(join(cwd, `corpus.${format}`))
      const args = ['topk', 'query.npy', '-', '-k', '12', '--json']
      assert.deepEqual(JSON.parse(await printed(args, { cwd, stdin })), expected, format)
    }),
  )
})

test('long files are streamed, along dim 0 and along others, with the results of one call', async () => {
  const n = 70_000
  const [a, b] = [matrix(n, 64, 3), matrix(n, 64, 4)] // 18 MB, and more than is held
  const bytes = tensor(
    Int8Array.from(b.data, (x) => x * 100),
    { shape: [n, 64] },
  )
  const cwd = folderWith({
    'a.npy': toNpy(a),
    'b.npy': toNpy(b),
    'bytes.npy': toNpy(bytes),
    'short.npy': toNpy(tensor(b.data.subarray(64), { shape: [n - 1, 64] })),
    'flat.npy': toNpy(b.data),
    'q.json': JSON.stringify(b.tolist()[0]),
  })
  const call = (...args) => printed(args, { cwd })
  const near = (text, expected) => {
    for (const [i, x] of JSON.parse(text).entries()) assert.ok(Math.abs(x - expected.data[i]) <= 2 ** -23)
  }
  near(await call('a.npy', 'b.npy', '--dim', '0', '--json'), cosineSimilarity(a, b, { dim: 0 }))
  near(await call('a.npy', 'bytes.npy', '--dim', '-2', '--json'), cosineSimilarity(a, bytes, { dim: 0 }))
  near(await call('q.json', 'a.npy', '--dim', '0', '--json'), cosineSimilarity(b.data.subarray(0, 64), a, { dim: 0 }))

  const rows = cosineSimilarity(a, b)
  assert.equal(await call('a.npy', 'b.npy'), `${rows}\n`)
  assert.equal(await call('a.npy', 'bytes.npy'), `${cosineSimilarity(a, bytes)}\n`)
  const ofQuery = cosineSimilarity(b.data.subarray(0, 64), a)
  assert.deepEqual(JSON.parse(await call('q.json', 'a.npy', '--json')), ofQuery.tolist())
  assert.equal(await call('a.npy', 'b.npy', '--dim', '-1', '--out', 'r.npy'), '')
  assert.deepEqual(readFileSync(join(cwd, 'r.npy')), Buffer.from(toNpy(rows)))

  for (const [args, code, message] of /** @type {[string[], number, RegExp][]} */ ([
    [
      ['a.npy', 'short.npy'],
      1,
      /^cosdim: short\.npy has 69999 rows, and a\.npy has more\. Both need the same number\.$/m,
    ],
    [['a.npy', 'short.npy', '--dim', '0'], 1, /^cosdim: short\.npy has 69999 rows, and a\.npy has more/],
    [['a.npy', 'b.npy', '--dim', '2'], 1, /Dimension out of range/],
    [['a.npy', 'flat.npy'], 1, /^cosdim: a\.npy has 2 dims, flat\.npy 1\./],
    [['a.npy', '[1, 2]', '--out', 'r.npy'], 1, /The size of tensor a \(64\) must match/],
  ])) {
    const said = await cosdim(args, { cwd })
    assert.equal(said.code, code)
    assert.match(said.stderr, message)
  }
  assert.deepEqual(readFileSync(join(cwd, 'r.npy')), Buffer.from(toNpy(rows)), 'an error leaves the file as it was')
  assert.ok(!readdirSync(cwd).some((name) => name.endsWith('.part')))
})

test('a file is replaced where it is, with its mode, also behind a link; directories and devices are refused', async () => {
  const cwd = folderWith({ 'old.npy': 'old' })
  chmodSync(join(cwd, 'old.npy'), 0o600)
  symlinkSync('old.npy', join(cwd, 'link.npy'))
  await printed(['[[1, 2]]', '[[3, 4]]', '--out', 'link.npy'], { cwd })
  assert.equal(statSync(join(cwd, 'old.npy')).mode & 0o777, 0o600)
  assert.deepEqual(fromNpy(readFileSync(join(cwd, 'old.npy'))).shape, [1])
  // It may read what it writes.
  await printed(['pairwise', '[[1, 2], [3, 4]]', '--out', 'old.npy'], { cwd })
  await printed(['pairwise', 'old.npy', '--out', 'old.npy'], { cwd })
  assert.deepEqual(readdirSync(cwd).sort(), ['link.npy', 'old.npy'])
  await shell('mkdir folder.npy && mkfifo pipe.npy', cwd)
  for (const [name, what] of [
    ['folder.npy', 'a directory'],
    ['pipe.npy', 'not a regular file'],
  ]) {
    const { code, stderr } = await cosdim(['[1]', '[1]', '--dim', '0', '--out', name], { cwd })
    assert.deepEqual([code, stderr], [1, `cosdim: ${name}: this is ${what}. Name another file.\n`])
  }
})
