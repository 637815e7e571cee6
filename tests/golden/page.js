/**
 * What Python can check of the page: the code it shows, its examples of attention, and its questions about shapes.
 *
 *     node tests/golden/page.js | python3 tests/golden/page.py > tests/golden/page.json
 */

import { LIBRARIES, writeCode } from '../../web/explorer/io/code.js'
import { ATTENTION_EXAMPLES } from '../../web/explorer/model/attention.js'
import { MISCONCEPTIONS } from '../../web/explorer/model/misconceptions.js'
import { PRESETS } from '../../web/explorer/model/presets.js'
import { question } from '../../web/explorer/model/questions.js'
import { readHash, writeHash } from '../../web/explorer/state/hash.js'
import { createStore, INITIAL } from '../../web/explorer/state/state.js'

/* Cases that the examples leave out: 0-d, 4-D, broadcasting, signs and magnitudes, eps, out-of-range dims. */
const OTHERS = [
  '#a=3&b=-4',
  '#a=3&b=[[1,2],[-3,4]]&dim=0,-1',
  '#a=[1,2,3]&b=[-0,.5,−1e-3]&dim=0,1,-1',
  '#a=[[1,2,3]]&b=[[1,2]]',
  '#a=[[1],[2],[3]]&b=[[4,5,6,7]]&dim=-2,-1,0',
  '#a=[[0,0],[3,4]]&b=[[1,2],[0,0]]&dim=0,1',
  '#a=[[0,0],[3,4]]&b=[[1,2],[0,0]]&dim=0,1&eps=0',
  '#a=[[1,2],[3,4]]&b=[[5,6],[7,8]]&eps=4.5&dim=-1,-2',
  '#a=[[nan,1],[3,inf],[5,6]]&b=[[1,-inf],[2,3],[0,4]]&dim=0,1',
  '#a=[[123456.75,-1e10,1e-5],[1e3,2.5e4,-7]]&b=[[1e10,3,1e9],[4,-5e6,6]]&dim=0,1',
  '#a=[[[[1,2],[3,4]],[[5,-6],[7,8]]],[[[9,1],[2,3]],[[4,5],[6,-7]]]]&b=[[[1,2]],[[3,-4]]]&dim=0,1,2,3',
  '#a=[[[1,2,3],[4,5,6]]]&b=[[[6,5,4],[3,2,1]],[[1,-1,1],[0,2,0]],[[7,7,7],[1,8,1]]]&dim=0,1,2,3',
  '#a=[[0.8147,0.9058,0.1270,0.9134,0.6324],[0.0975,0.2785,0.5469,0.9575,0.9649],[0.1576,0.9706,0.9572,0.4854,0.8003]]' +
    '&b=[[0.1419,0.4218,0.9157,0.7922,0.9595],[0.6557,0.0357,0.8491,0.9340,0.6787],[0.7577,0.7431,0.3922,0.6555,0.1712]]&dim=0,1,2',
]

/* Seeds of questions, which have random shapes and numbers. */
const RANDOM = [0, 1, 2, 4, 5, 8, 10, 12, 14, 15, 19, 23]

export const hashOf = (changes) => writeHash({ ...INITIAL, ...changes }, INITIAL) || '#'
export const HASHES = [
  ...PRESETS.map(({ changes }) => hashOf(changes)),
  ...MISCONCEPTIONS.map(({ shown }) => hashOf(shown)),
  ...OTHERS,
  ...RANDOM.map((seed) => {
    const { a, b, dim } = question(seed)
    return hashOf({ a, b, dims: [dim] })
  }),
]

export const viewsAt = (hash) => createStore(readHash(hash, INITIAL).state, () => {}).views

export const emittedAt = (hash) =>
  Object.fromEntries(LIBRARIES.map((library) => [library, writeCode(library, viewsAt(hash))]))

/** A question's shapes and dim. */
export const askedOf = (seed) => {
  const { a, b, dim } = question(seed)
  return { seed, a: a.shape, b: b.shape, dim }
}
const SEEDS = Array.from({ length: 200 }, (_, seed) => seed)

if (process.argv[1] === import.meta.filename)
  console.log(
    JSON.stringify({
      code: HASHES.map((hash) => ({ hash, ...emittedAt(hash) })),
      attention: ATTENTION_EXAMPLES.map(({ changes }) => changes),
      questions: SEEDS.map(askedOf),
    }),
  )
