/** The contests without rivals: sizes, errors, and the ms of what cannot be repeated in one process. */
import { extraMemory, gzippedModule, moduleSize, packedSize, pairwiseError, selfError } from './exact-figures.js'
import { firstCallInChromium, firstInNode, importOfEachKilobyte } from './first-use.js'
import { longestTurnOfPairwise, longestTurnOfTopk } from './turns.js'

const MiB = 2 ** 20

/** @type {import('./contests.js').Contest[]} */
export const OWN = [
  // This comes first, before anything has grown WebAssembly's memory.
  {
    name: 'extra wasm memory for typed arrays',
    what: 'after twelve sizes and shapes',
    per: 'bytes',
    own: extraMemory,
    mark: { atMost: 4 * MiB },
  },
  { name: 'wasm module', what: 'as it is', per: 'bytes', own: moduleSize, mark: { atMost: 55000 } },
  { name: 'wasm module', what: 'gzipped', per: 'bytes', own: gzippedModule, mark: { atMost: 24800 } },
  { name: 'npm package', what: 'packed, without the page', per: 'bytes', own: packedSize, mark: { atMost: 90000 } },

  { name: 'first use', what: 'import, in Node', per: 'ms', own: () => firstInNode('import'), mark: {} },
  // Parsing takes half of it, some 17 µs for 1 kB of source. An empty module takes 0.7 ms.
  { name: 'first use', what: 'import, in Node', per: 'ms a kB', own: importOfEachKilobyte, mark: { atMost: 0.03 } },
  { name: 'first use', what: 'first call, in Node', per: 'ms', own: () => firstInNode('call'), mark: { atMost: 4 } },
  { name: 'first use', what: 'first call, in Chromium', per: 'ms', own: firstCallInChromium, mark: { atMost: 14 } },
  {
    name: 'longest turn of the Async forms',
    what: 'top 10 of 3000 number[1536]',
    per: 'ms',
    own: longestTurnOfTopk,
    mark: { atMost: 25 },
  },
  {
    name: 'longest turn of the Async forms',
    what: 'all pairs of 3000 number[1536]',
    per: 'ms',
    own: longestTurnOfPairwise,
    mark: { atMost: 25 },
  },

  {
    name: 'pairwise, resident',
    what: 'worst error, normal data',
    per: '· 2⁻²⁴',
    own: pairwiseError,
    mark: { atMost: 2 },
  },
  { name: 'pairwise, resident', what: 'diagonal, off 1 by', per: '', own: selfError, mark: { atMost: 0 } },
]
