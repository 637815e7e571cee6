/** The commands: all that arguments, help and completion know of them, and what they run. */
import { completion } from './completion.js'
import { attention, distance, explained, pairwise } from './compute.js'
import { manifest } from './manifest.js'
import { similarity } from './similarity.js'
import { topk } from './topk.js'

/**
 * @typedef {object} Command
 * @property {string} summary
 * @property {string[]} operands those in brackets can be left out
 * @property {string[]} options
 * @property {string} [about]
 * @property {string[]} examples
 * @property {(operands: string[], options: Record<string, any>, commands: Record<string, Command>) => Promise<void>} run
 */

/** @type {Record<string, Command>} */
export const COMMANDS = {
  similarity: {
    summary: 'similarity along a dim, as F.cosine_similarity; the default',
    operands: ['A', 'B'],
    options: ['dim', 'eps', 'dtype', 'json', 'out', 'format'],
    about: 'The dim that you name is the dim that vanishes. Files larger than memory are read in chunks of rows.',
    examples: [
      "cosdim '[[1, 2], [3, 4]]' '[[5, 6], [7, 8]]' --dim 0",
      'cosdim documents.npy query.json --dim -1 --out scores.npy',
    ],
    run: similarity,
  },
  pairwise: {
    summary: 'each row of A with each row of B, or of A',
    operands: ['A', '[B]'],
    options: ['eps', 'dtype', 'json', 'out', 'format'],
    examples: ['cosdim pairwise a.npy b.npy', 'cosdim pairwise rows.csv --json'],
    run: pairwise,
  },
  topk: {
    summary: 'the rows of a corpus that are most similar to a query',
    operands: ['QUERY', 'CORPUS'],
    options: ['k', 'eps', 'dtype', 'json', 'out', 'format'],
    about:
      'The corpus is read in chunks, so it can be larger than memory.\n' +
      '--out best.npy writes best.values.npy and best.indices.npy.',
    examples: ["cosdim topk '[3, 4]' corpus.npy -k 2", 'zcat corpus.jsonl.gz | cosdim topk query.npy - --json'],
    run: topk,
  },
  distance: {
    summary: "SciPy's cosine distance of two vectors",
    operands: ['U', 'V'],
    options: ['weights', 'json', 'out', 'format'],
    about: 'It is computed in float64. A .csv file of one row or one column is a vector.',
    examples: ["cosdim distance '[1, 3]' '[3, 1]' --weights '[1, 2]'"],
    run: distance,
  },
  attention: {
    summary: 'the similarities of a target with each row, as a distribution',
    operands: ['TARGET', 'ROWS'],
    options: ['normalize', 'json', 'out', 'format'],
    examples: ["cosdim attention '[1, 2]' '[[1, 2], [1, 0], [2, 1]]' --normalize softmax"],
    run: attention,
  },
  explain: {
    summary: 'the terms, sums and norms behind each result of similarity',
    operands: ['A', 'B'],
    options: ['dim', 'eps', 'at', 'json', 'format'],
    about: 'Of more than ten results, it prints the first ten. With --json it gives all of them, with every term.',
    examples: ["cosdim explain '[[1, 2], [3, 4]]' '[[5, 6], [7, 8]]' --dim 0 --at 1"],
    run: explained,
  },
  manifest: {
    summary: 'the shards of a corpus, as JSON for cosdim/shards',
    operands: ['DIR'],
    options: [],
    about: 'It reads every .npy file of the folder, whose rows are numbered in the order of the names.',
    examples: ['cosdim manifest shards > manifest.json'],
    run: manifest,
  },
  completion: {
    summary: 'a script with which a shell completes commands and options',
    operands: ['SHELL'],
    options: [],
    about: 'The shells are bash, zsh and fish.',
    examples: ['source <(cosdim completion bash)', 'cosdim completion fish > ~/.config/fish/completions/cosdim.fish'],
    run: completion,
  },
}
