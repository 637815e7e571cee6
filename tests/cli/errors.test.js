/** Mistakes: each ends in one line that names the file or the option, and says what to do in the words of the command line. */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { tensor } from 'cosdim'
import { toNpy } from 'cosdim/npy'
import { errorAt } from '../../js/cli/errors.js'
import { cosdim, folderWith, shell } from './run.js'

const A = '[[1, 2, 2], [3, 4, -1]]'
const B = '[[5, 6, 1], [7, 8, 3]]'

const filled = (Elements, ...shape) =>
  toNpy(tensor({ data: new Elements(shape.reduce((product, size) => product * size, 1)).fill(1), shape }))
const FILES = {
  'corpus.npy': filled(Float32Array, 9000, 40), // more than a chunk
  'query.npy': filled(Float32Array, 3),
  'wide.npy': filled(Float32Array, 40),
  'cube.npy': filled(Float32Array, 2, 3, 4),
  'flat.npy': filled(Float32Array, 6),
  'u1.npy': filled(Uint8Array, 2, 3),
  'u2.npy': filled(Uint16Array, 2, 3),
  'i4.npy': filled(Int32Array, 2, 3),
  'rows.csv': '1,2\n3,4\n',
  'object.json': '{ "embedding": [1, 2] }',
  'objects.json': '[{ "embedding": [1, 2] }]',
  'buffer.json': '{ "type": "Buffer", "data": [1, 2, 3, 4] }',
  'text.json': '["1", "2"]',
  'number.json': '{ "data": [3], "shape": [] }',
}

/** What only someone who writes JavaScript could make use of, and what the system calls its errors. */
const FOREIGN = /\w\(\)|\bx[12]?\b[^']|\{ \w+:|\btensor\(|\bnew \w|=>|\bE[A-Z]{4,}\b|node:|\.js\b|accumulator|undefined/

/**
 * @param {[string[], RegExp][]} wrong arguments, and the end of what is said
 * @param {number} expected
 * @param {string | Uint8Array} [stdin]
 */
async function refuses(wrong, expected, stdin) {
  const cwd = folderWith(FILES)
  mkdirSync(join(cwd, 'empty'))
  const said = await Promise.all(wrong.map(([args]) => cosdim(args, { cwd, stdin })))
  for (const [i, [args, message]] of wrong.entries()) {
    const { code, stdout, stderr } = said[i]
    assert.deepEqual([code, stdout], [expected, ''], `${args.join(' ')}: ${stderr}`)
    assert.match(stderr, /^cosdim: [^\n]+\n$/)
    assert.match(stderr.trimEnd(), message)
    assert.doesNotMatch(stderr.replace(/ -x\b/, ''), FOREIGN)
  }
}

test('mistakes in arguments: one line that says what to do, exit code 2', () =>
  refuses(
    [
      [[], /similarity takes A and B, got nothing\. See cosdim --help\.$/],
      [['topk', '[1]'], /topk takes QUERY and CORPUS, got \[1\]\. See cosdim topk --help\.$/],
      [['pairwse', A, B], /^cosdim: pairwse is neither a command nor a file\. Did you mean pairwise\?$/],
      [['topkk', 'query.npy'], /Did you mean topk\?$/],
      [['Topk', 'query.npy', 'corpus.npy'], /Did you mean topk\?$/],
      [['--', '--dim', '-1'], /^cosdim: --dim is neither a command nor a file\./],
      [['help', 'topk'], /^cosdim: help is neither a command nor a file\. See cosdim --help\.$/],
      [[A, B, '--axis', '0'], /has no option --axis\. Did you mean --dim\?$/],
      [[A, B, '--dims', '0'], /has no option --dims\. Did you mean --dim\?$/],
      [['topk', A, B, '--axis', '0'], /topk has no option --axis\. See cosdim topk --help\.$/],
      [['topk', A, B, '--dim', '0'], /topk has no option --dim\. See cosdim topk --help\.$/],
      [[A, B, '-k', '3'], /has no option -k\./],
      [[A, B, '--dim', '1.5'], /--dim takes a whole number, not '1\.5'\.$/],
      [[A, B, '--dim'], /^cosdim: --dim needs a value: --dim N\.$/],
      [[A, B, '--dim', '--json'], /^cosdim: --dim needs a value/],
      [[A, B, '--json=yes'], /^cosdim: --json takes no value, got 'yes'\.$/],
      [[A, B, '--eps', '1,5'], /--eps takes a number from 0 up, not '1,5'\.$/],
      [[A, B, '--eps', '-1'], /--eps takes a number from 0 up, not '-1'\.$/],
      [['topk', A, B, '-k', '-3'], /^cosdim: -k takes a whole number from 0 up, not '-3'\.$/],
      [['topk', A, B, '-k1.5'], /^cosdim: -k takes a whole number from 0 up, not '1\.5'\.$/],
      [['topk', A, B, '--k=x'], /^cosdim: --k takes a whole number from 0 up, not 'x'\.$/],
      [['topk', A, B, '-k'], /^cosdim: -k needs a value: -k N\.$/],
      [[A, B, '--dtype', 'int8'], /--dtype takes float16, float32 or float64, not 'int8'\.$/],
      [[A, B, '--out', 'r.csv'], /--out takes a name that ends in \.npy, not 'r\.csv'\.$/],
      [[A, B, '--json', '--out', 'r.npy'], /choose one\.$/],
      [['explain', A, B, '--at', 'x'], /--at takes whole numbers with commas/],
      [['-', '-'], /- is standard input, which can be read only once/],
      [['distance', '-', '[1]', '--weights', '-'], /can be read only once/],
      [['completion', 'tcsh'], /completion takes bash, zsh, fish, not 'tcsh'\.$/],
    ],
    2,
  ))

test('what cannot be computed: one line with the options as they are written here, exit code 1', () =>
  refuses(
    [
      [['[1, 2]', '[3, 4]'], /Dimension out of range .* A vector has only dim 0: pass --dim 0\.$/],
      [[A, '[1, 2]'], /The size of tensor a \(3\) must match the size of tensor b \(2\)/],
      [['topk', '[1, 2, 3]', A, '-k', '3'], /k is 3, and .* has 2 rows: pass -k 2 or less\.$/],
      [['topk', '[1, 2]', A], /The query is 2 long, the rows of the corpus 3/],
      [['topk', '[1, 2]', '[]'], /corpus of shape \(N, D\), got \(2,\) and \(0,\)/],
      [['explain', A, B, '--at', '5'], /index 5 is out of bounds for dimension 0 with size 2/],
      [['[[1, 2], [3]]', A], /^cosdim: \[\[1, 2\], \[3\]\]: expected sequence of length 2 at dim 1 \(got 1\)/],
      [['[1, 2', A], /^cosdim: \[1, 2: /],
      [['[null]', A], /^cosdim: \[null\]: /],
      [['nothing.npy', A], /^cosdim: nothing\.npy: no such file or directory\.$/],
      [['manifest', 'nowhere'], /^cosdim: nowhere: no such file or directory\.$/],
      [['manifest', 'empty'], /^cosdim: empty: there are no \.npy files in this folder\.$/],
      [['.', A], /^cosdim: \.: this is a directory, not a file\.$/],
      [[A, B, '--out', 'nowhere/r.npy'], /^cosdim: nowhere\/r\.npy: no such file or directory\.$/],
    ],
    1,
  ))

test('a result that cannot be computed names the files, and their whole shapes', () =>
  refuses(
    [
      [
        ['topk', 'query.npy', 'corpus.npy'],
        /^cosdim: query\.npy and corpus\.npy: topk takes .*, got \(3,\) and \(9000, 40\)\. The query is 3 long, .* 40: make/,
      ],
      [['topk', 'query.npy', 'rows.csv'], /query\.npy and rows\.csv: .* got \(3,\) and \(N, 2\)/],
      [
        ['topk', 'cube.npy', 'corpus.npy'],
        /^cosdim: cube\.npy: the query must have shape \(D,\) or \(Q, D\), not \(2, 3, 4\)\.$/,
      ],
      [['topk', 'query.npy', 'flat.npy'], /np\.save\('a\.npy', a\.reshape\(-1, 3\)\)/],
      [['topk', 'wide.npy', 'corpus.npy', '-k', '9001'], /corpus\.npy has 9000 rows: pass -k 9000 or less/],
      [['topk', 'wide.npy', 'corpus.npy', '-k', '99999999999'], /corpus\.npy has 9000 rows: pass -k 9000 or less/],
      [['topk', 'wide.npy', 'corpus.npy', '--k', '9001'], /pass --k 9000 or less/],
      [
        ['query.npy', 'corpus.npy'],
        /query\.npy and corpus\.npy: The size of tensor a \(3\) .* \(3,\) and \(9000, 40\)/,
      ],
      [
        ['corpus.npy', '[1]', '--dim', '2'],
        /^cosdim: corpus\.npy and \[1\]: .* --dim counts from 0, .* \(9000, 40\) and \(1,\)\.$/,
      ],
      [['pairwise', 'cube.npy'], /pairwise takes A of shape \(N, D\) and B of shape \(M, D\), .* use similarity\.$/],
      [['distance', '[1, 2]', 'cube.npy'], /\[1, 2\] and cube\.npy: Input vector should be 1-D\..* use similarity\.$/],
      [['distance', '[1]', '[2]', '--weights', '[-1]'], /^cosdim: \[1\], \[2\] and \[-1\]: Input weights/],
      [
        ['attention', '[1, 2]', 'cube.npy'],
        /\[1, 2\] and cube\.npy: attention takes a target .* and rows of shape \(N, D\)/,
      ],
      [['explain', A, 'query.npy', '--at', '0,1'], /^cosdim: --at 0,1: it takes 1 index/],
      [['i4.npy', 'i4.npy'], /i4\.npy and i4\.npy: .* pass --dtype float32\.$/],
      [['topk', 'u1.npy', 'u1.npy'], /bytes of floats, .* a\.view\('float32'\)\)\. .* pass --dtype float32\.$/],
      [['u2.npy', 'u2.npy'], /half floats, .* a\.view\('float16'\)\)/],
      [
        ['number.json', 'number.json'],
        /^cosdim: number\.json and number\.json: Dimension out of range .* pass --dim 0\.$/,
      ],
      [['object.json', A], /^cosdim: object\.json: .* with jq \.embedding\.$/],
      [['objects.json', A], /^cosdim: objects\.json: .* with jq 'map\(\.embedding\)'\.$/],
      [['buffer.json', A], /^cosdim: buffer\.json: /],
      [['text.json', A], /^cosdim: text\.json: .*, where a number is expected\.$/],
    ],
    1,
  ))

test('what stands in the input of another program is said as of standard input', () => {
  const long = Buffer.from(filled(Float32Array, 2, 9_000_000))
  long.write('True ', long.indexOf('False'))
  return refuses(
    [[['topk', '[1]', '-'], /standard input: .* in Fortran order: .* Name the file instead, or save/]],
    1,
    long,
  )
})

test('a file in the place of a folder is said before anything is computed', () =>
  refuses(
    [
      [['manifest', 'rows.csv'], /^cosdim: rows\.csv: not a directory\.$/],
      [['rows.csv/a.npy', A], /^cosdim: rows\.csv\/a\.npy: not a directory\.$/],
      [['nothing.npy', A, '--out', 'rows.csv/r.npy'], /^cosdim: rows\.csv\/r\.npy: not a directory\.$/],
    ],
    1,
  ))

test('what the system refuses is said in words, whatever it is', () => {
  const SAID = {
    ENOENT: 'no such file or directory.',
    EISDIR: 'this is a directory, not a file.',
    EACCES: 'permission denied.',
    ENOSPC: 'the disk is full.',
    EPIPE: 'broken pipe.',
    EIO: 'i/o error.',
    EMFILE: 'too many open files.',
  }
  for (const [code, words] of Object.entries(SAID)) {
    const error = Object.assign(new Error(`${code}: as Node says it, open '/a'`), {
      code,
      errno: -constants.errno[code],
    })
    assert.equal(errorAt('a.npy', error).message, `a.npy: ${words}`)
  }
})

test('a manifest names the shard that cannot be one', async () => {
  const cwd = folderWith()
  await shell(
    `mkdir mixed text && cosdim pairwise '[[1, 2]]' --out mixed/a.npy && echo no > text/b.npy &&
     cosdim pairwise '[[1, 2]]' '[[1, 2], [3, 4]]' --out mixed/b.npy`,
    cwd,
  )
  for (const [folder, said] of /** @type {const} */ ([
    ['mixed', /^cosdim: shard mixed\/b\.npy has 2 columns of float32, and shard mixed\/a\.npy has 1/],
    ['text', /^cosdim: text\/b\.npy: This is not a \.npy file/],
  ])) {
    const { code, stderr } = await cosdim(['manifest', folder], { cwd })
    assert.equal(code, 1)
    assert.match(stderr, said)
  }
})
