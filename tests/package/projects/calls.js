/** What every stranger runs: calls whose results are known, and an error. They take the library as an argument. */

function agree(name, got, expected) {
  const text = String(got)
  if (text !== expected) throw new Error(`${name} gives ${text}, not ${expected}`)
}

const A = [
  [1, 2],
  [3, 4],
]
const B = [
  [5, 6],
  [7, 8],
]

/** What works everywhere without waiting. */
export function calls(cosdim) {
  const { cosineSimilarity, cosineDistance, pairwiseCosineSimilarity, topkCosineSimilarity, tensor } = cosdim
  agree('dim 0', cosineSimilarity(A, B, { dim: 0 }), 'tensor([0.9558, 0.9839])')
  agree('dim 1', cosineSimilarity(A, B, { dim: 1 }), 'tensor([0.9734, 0.9972])')
  agree(
    'a pair',
    cosineSimilarity(Float32Array.of(3, 4), Float32Array.of(4, 3), { dim: 0 }).item().toFixed(6),
    '0.960000',
  )
  agree('distance', cosineDistance([1, 0], [0, 1]), '1')
  agree('all pairs', pairwiseCosineSimilarity(A, B), 'tensor([[0.9734, 0.9676],\n        [0.9987, 0.9972]])')
  agree(
    'the printing of a tensor',
    tensor(Float32Array.of(1, 2, 3, 4), { shape: [2, 2] }).transpose(0, 1),
    'tensor([[1., 3.],\n        [2., 4.]])',
  )
  const corpus = tensor(A).to('wasm')
  const { values, indices } = topkCosineSimilarity([7, 8], corpus, 1)
  agree('top-k', [values, indices], 'tensor([0.9972]),tensor([1], dtype=torch.int32)')
  corpus.dispose()
  let error
  try {
    cosineSimilarity([1, 2, 3], [1, 2, 3, 4], { dim: 0 })
  } catch (thrown) {
    error = thrown
  }
  const SIZES = 'The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 0'
  agree('an error', error instanceof RangeError && error.message.slice(0, SIZES.length), SIZES)
  return 'all calls agree'
}

/** What yields between slices: 2000 rows of 1500 take several. */
export async function later({ pairwiseCosineSimilarityAsync }) {
  agree(
    'all pairs in slices',
    await pairwiseCosineSimilarityAsync(A, B),
    'tensor([[0.9734, 0.9676],\n        [0.9987, 0.9972]])',
  )
  const rows = Array.from({ length: 2000 }, (_, i) => Float32Array.of(...new Array(300).fill(1 + i)))
  const all = await pairwiseCosineSimilarityAsync(rows)
  agree('many pairs in slices', all.data[1999], '1')
  return 'all calls agree'
}
