/** Mistakes: each has its error, PyTorch's sentence first, and the next call works as if nothing had happened. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { afterEach, test } from 'node:test'
import * as cosdim from 'cosdim'
import { NAMES, TORCH_NAMES } from '../../js/dtypes.js'
import { STATUS } from '../../js/error-messages.js'

/** @type {any} So that wrong arguments compile. */
const untyped = cosdim
const {
  attentionDistribution,
  cosineDistance,
  cosineSimilarity,
  explain,
  init,
  pairwiseCosineSimilarity,
  tensor,
  topkCosineSimilarity,
} = untyped

const A = [
  [1, 2],
  [3, 4],
]
const B = [
  [5, 6],
  [7, 8],
]
const six = () => tensor(Float32Array.of(1, 2, 3, 4, 5, 6), { shape: [2, 3] })
const detached = () => {
  const x = new Float32Array(4)
  structuredClone(x.buffer, { transfer: [x.buffer] })
  return x
}
const cyclic = []
cyclic[0] = cyclic

const UNEVEN = 'expected sequence of length 2 at dim 1 (got 1).'
const OVERFLOW = 'value cannot be converted to type float32 without overflow.'
const SIZES = 'The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 0.'
const TOPK = 'topkCosineSimilarity() takes a query of shape (D,) or (Q, D) and a corpus of shape (N, D), got'

/**
 * Calls, the class of the error that each throws, and how its message begins.
 * @type {[call: () => unknown, kind: ErrorConstructor, message: string][]}
 */
const MISTAKES = [
  // The place of a mistake begins with the name of the argument.
  [
    () => cosineSimilarity([1, 2], [1, null], { dim: 0 }),
    TypeError,
    'Could not infer dtype of NoneType. x2[1] is null',
  ],
  [() => pairwiseCosineSimilarity([[1, 2], [3]], A), RangeError, `${UNEVEN} x1[1] is 1 long`],
  [() => pairwiseCosineSimilarity(A, [Float32Array.of(1, 2), [3]]), RangeError, `${UNEVEN} x2[1] is 1 long`],
  [() => topkCosineSimilarity(['1', 2], A, 1), TypeError, "too many dimensions 'str'. query[0] is "],
  [
    () =>
      topkCosineSimilarity(
        [1, 2],
        [
          [1, 2],
          [3, {}],
        ],
        1,
      ),
    TypeError,
    'Could not infer dtype of dict. corpus[1][1] is',
  ],
  [() => topkCosineSimilarity([1, 2], [[1, 2], tensor([1])], 1), RangeError, `${UNEVEN} corpus[1] is 1 long`],
  [() => cosineDistance([1, 2], [1, 2n]), TypeError, 'A BigInt cannot be mixed with numbers: v[1] is 2n'],
  [
    () => cosineDistance([1, 2], [1, 2], { weights: [1, 'x'] }),
    TypeError,
    "new(): invalid data type 'str'. weights[1]",
  ],
  [() => explain(A, [[1, 1e39]]), RangeError, `${OVERFLOW} x2[0][1] is 1e+39`],
  [() => attentionDistribution([1, 2], [[1, 2], 3]), TypeError, 'not a sequence. behaviored[1] is 3'],
  [
    () => cosineSimilarity(A, { data: [1, null], shape: [2] }),
    TypeError,
    'Could not infer dtype of NoneType. x2.data[1] is null',
  ],
  [
    () => cosineSimilarity([{ data: [1, 'x'], shape: [2] }], A),
    TypeError,
    "new(): invalid data type 'str'. x1[0].data[1] is",
  ],
  [() => tensor({ data: [1, null], shape: [2] }), TypeError, 'Could not infer dtype of NoneType. data[1] is null'],
  [() => tensor([1, null]), TypeError, 'Could not infer dtype of NoneType. [1] is null'],

  // What does not fit, in numbers
  [
    () => cosineSimilarity([1, 2, 3], [1, 2], { dim: 0 }),
    RangeError,
    `${SIZES} The vectors are 3 and 2 long: make them equally long.`,
  ],
  [
    () => topkCosineSimilarity([1, 2, 3], A, 1),
    RangeError,
    `${TOPK} (3,) and (2, 2). The query is 3 long, the rows of the corpus 2: make them equally long.`,
  ],
  [() => topkCosineSimilarity(A, [1, 2], 1), RangeError, `${TOPK} (2, 2) and (2,). The query comes first.`],
  [
    () => topkCosineSimilarity([1, 2], new Float32Array(6), 1),
    RangeError,
    `${TOPK} (2,) and (6,). If the corpus has its rows one after another, pass tensor(corpus, { shape: [-1, 2] }).`,
  ],
  [() => topkCosineSimilarity([1, 2], [1, 2, 3], 1), RangeError, `${TOPK} (2,) and (3,).`],
  [
    () => pairwiseCosineSimilarity(A, [[1, 2, 3]]),
    RangeError,
    'pairwiseCosineSimilarity() takes x1 of shape (N, D) and x2 of shape (M, D), got (2, 2) and (1, 3). ' +
      'The rows are 2 and 3 long: make them equally long.',
  ],

  // PyTorch's sentences
  [
    () => cosineSimilarity(A, [[1, 2, 3]]),
    RangeError,
    'The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 1',
  ],
  [
    () => cosineSimilarity(A, B, { dim: 2 }),
    RangeError,
    'Dimension out of range (expected to be in range of [-2, 1], but got 2)',
  ],
  [
    () => pairwiseCosineSimilarity(A, six()),
    RangeError,
    'pairwiseCosineSimilarity() takes x1 of shape (N, D) and x2 of shape (M, D), got (2, 2) and (2, 3)',
  ],
  [() => pairwiseCosineSimilarity([1, 2]), RangeError, 'pairwiseCosineSimilarity() takes x1 of shape (N, D)'],
  [() => pairwiseCosineSimilarity([[1], [2]], A), RangeError, 'pairwiseCosineSimilarity() takes x1 of shape (N, D)'],
  [() => pairwiseCosineSimilarity(A, B, { dim: 1 }), TypeError, 'pairwiseCosineSimilarity() got an unexpected keyword'],
  [() => pairwiseCosineSimilarity(A, B, { eps: -1 }), RangeError, 'eps must be non-negative, got: -1'],
  [() => pairwiseCosineSimilarity(A, B, { out: new Float32Array(3) }), RangeError, 'out has 3 elements, not 4.'],
  [
    () => cosineSimilarity(A, B, { dim: -3 }),
    RangeError,
    'Dimension out of range (expected to be in range of [-2, 1], but got -3)',
  ],
  [
    () => cosineSimilarity([1, 2], [3, 4]),
    RangeError,
    'Dimension out of range (expected to be in range of [-1, 0], but got 1)',
  ],
  [() => cosineSimilarity(1, 2), RangeError, 'Dimension out of range (expected to be in range of [-1, 0], but got 1)'],
  [() => cosineSimilarity(A, B, { dim: 1.5 }), TypeError, "cosineSimilarity(): argument 'dim' must be int, not number"],
  [() => cosineSimilarity(A, B, { dim: '1' }), TypeError, "cosineSimilarity(): argument 'dim' must be int, not string"],
  [() => cosineSimilarity(A, B, { dim: null }), TypeError, "cosineSimilarity(): argument 'dim' must be int, not null"],
  [() => cosineSimilarity(A, B, { eps: -1 }), RangeError, 'eps must be non-negative, got: -1.'],
  [() => cosineSimilarity(A, B, { eps: -1.23456789e-12 }), RangeError, 'eps must be non-negative, got: -1.23457e-12'],
  [() => cosineSimilarity(A, B, { eps: -123456789 }), RangeError, 'eps must be non-negative, got: -1.23457e+08'],
  [() => cosineSimilarity(A, B, { eps: NaN }), RangeError, 'eps must be non-negative, got: nan'],
  [
    () => cosineSimilarity(A, B, { eps: '1' }),
    TypeError,
    "cosineSimilarity(): argument 'eps' must be float, not string",
  ],
  [
    () => cosineSimilarity(A, B, { axis: 0 }),
    TypeError,
    "cosineSimilarity() got an unexpected keyword argument 'axis'. Use dim.",
  ],
  [() => cosineSimilarity(A, B, { foo: 0 }), TypeError, "cosineSimilarity() got an unexpected keyword argument 'foo'"],
  [
    () => cosineSimilarity('a', B),
    TypeError,
    "cosineSimilarity(): argument 'x1' (position 1) must be Tensor, not string",
  ],
  [
    () => cosineSimilarity(A),
    TypeError,
    "cosineSimilarity(): argument 'x2' (position 2) must be Tensor, not undefined",
  ],
  [
    () => cosineSimilarity(A, null),
    TypeError,
    "cosineSimilarity(): argument 'x2' (position 2) must be Tensor, not null",
  ],
  [
    () => cosineSimilarity(A, {}),
    TypeError,
    "cosineSimilarity(): argument 'x2' (position 2) must be Tensor, not object",
  ],
  [
    () => cosineSimilarity(A, 1n),
    TypeError,
    "cosineSimilarity(): argument 'x2' (position 2) must be Tensor, not BigInt",
  ],
  [() => tensor([[1, 2], [3]]), RangeError, 'expected sequence of length 2 at dim 1 (got 1). [1] is 1 long'],
  [
    () =>
      tensor([
        [
          [1, 2],
          [3, 4],
        ],
        [[1, 2], [3]],
      ]),
    RangeError,
    'expected sequence of length 2 at dim 2 (got 1). [1][1] is 1 long',
  ],
  [() => tensor([[1, 2], 3]), TypeError, 'not a sequence. [1] is 3'],
  [() => tensor([1, [2]]), TypeError, 'must be real number, not list. [1] is an array'],
  [() => tensor([1, 'a']), TypeError, 'new(): invalid data type \'str\'. [1] is "a"'],
  [() => tensor([1, null]), TypeError, 'Could not infer dtype of NoneType. [1] is null'],
  [() => tensor([1, {}]), TypeError, 'Could not infer dtype of dict. [1] is an object'],
  [() => tensor(cyclic), RangeError, 'only tensors with up to 64 dims are supported'],
  [() => tensor([1, 2, 3], { shape: [2, 2] }), RangeError, "shape '[2, 2]' is invalid for input of size 3"],
  [() => six().view(4), RangeError, "shape '[4]' is invalid for input of size 6"],
  [() => six().view(-1, 4), RangeError, "shape '[-1, 4]' is invalid for input of size 6"],
  [() => six().view(-1, -1), RangeError, 'only one dimension can be inferred'],
  [() => six().view(-2, -3), RangeError, 'invalid shape dimension -2 at index 0 of shape [-2, -3]'],
  [
    () => six().transpose(0, 1).view(6),
    RangeError,
    "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous " +
      'subspaces). Use .reshape(...) instead.',
  ],
  [() => six().transpose(0, 1).reshape(4), RangeError, "shape '[4]' is invalid for input of size 6"],
  [() => six().transpose(0, 1).reshape(-1, -1), RangeError, 'only one dimension can be inferred'],
  [() => six().reshape('6'), TypeError, "reshape(): argument 'shape' must be int, not string"],
  [
    () => tensor([], { shape: [0, 3] }).view(-1, 0),
    RangeError,
    'cannot reshape tensor of 0 elements into shape [-1, 0]',
  ],
  [() => six().view(Array(65).fill(1)), RangeError, 'only tensors with up to 64 dims are supported'],
  [() => six().unsqueeze(4), RangeError, 'Dimension out of range (expected to be in range of [-3, 2], but got 4)'],
  [() => six().transpose(0, 2), RangeError, 'Dimension out of range (expected to be in range of [-2, 1], but got 2)'],
  [() => six().size(2), RangeError, 'Dimension out of range (expected to be in range of [-2, 1], but got 2)'],
  [() => tensor(1).size(0), RangeError, 'Dimension specified as 0 but tensor has no dimensions'],
  [() => six().item(), RangeError, 'a Tensor with 6 elements cannot be converted to Scalar'],
  // SciPy's sentences
  [() => cosineDistance(A, B), RangeError, 'Input vector should be 1-D.'],
  [() => cosineDistance(1, 2), RangeError, 'Input vector should be 1-D.'],
  [() => cosineDistance(tensor([[1, 2]]), tensor([1, 2])), RangeError, 'Input vector should be 1-D.'],
  [() => cosineDistance(tensor([1, 2]), tensor([[1, 2]])), RangeError, 'Input vector should be 1-D.'],
  [() => cosineDistance([1, 2], [1, 2], { weights: [-1, 1] }), RangeError, 'Input weights should be all non-negative'],
  // this package's own
  [() => cosineDistance([1, 2], [1, 2, 3]), RangeError, 'The vectors must have the same length, got 2 and 3.'],
  [
    () => cosineDistance([1, 2], [1, 2], { weights: [1] }),
    RangeError,
    'The vectors must have the same length, got 2 and 1.',
  ],
  [
    () => cosineDistance([1, 2], [1, 2], { w: [1, 1] }),
    TypeError,
    "cosineDistance() got an unexpected keyword argument 'w'. Use weights.",
  ],
  [
    () => attentionDistribution([1, 2], [1, 2]),
    RangeError,
    'attentionDistribution() takes a target of shape (D,) or (1, D)',
  ],
  [() => attentionDistribution([1], A), RangeError, 'attentionDistribution() takes a target of shape (D,) or (1, D)'],
  [() => attentionDistribution(A, A), RangeError, 'attentionDistribution() takes a target of shape (D,) or (1, D)'],
  [
    () => attentionDistribution([1, 2], A, { normalize: 'max' }),
    TypeError,
    'attentionDistribution(): normalize must be "sum" or "softmax", got "max".',
  ],
  [
    () => cosineSimilarity(A, B, 0),
    TypeError,
    'cosineSimilarity() takes its options as an object, { dim, eps, dtype, out }, got 0.',
  ],
  [
    () => cosineSimilarity(A, B, { out: 0 }),
    TypeError,
    "cosineSimilarity(): argument 'out' must be Tensor, not number.",
  ],
  [
    () => cosineSimilarity(A, B, { out: new Float64Array(2) }),
    TypeError,
    'Expected out tensor to have dtype Float, but got Double instead. ' +
      'The result is float32 of shape (2,): pass new Float32Array(2).',
  ],
  [
    () => cosineSimilarity([1, 2], [3, 4], { dim: 0, out: new Int32Array(1) }),
    TypeError,
    'Expected out tensor to have dtype Float, but got Int instead.',
  ],
  [
    () => cosineSimilarity(A, B, { out: new DataView(new ArrayBuffer(8)) }),
    TypeError,
    'Expected out tensor to have dtype Float, but got DataView instead.',
  ],
  [() => cosineSimilarity(A, B, { out: new Float32Array(3) }), RangeError, 'out has 3 elements, not 2.'],
  [
    () => cosineSimilarity(A[0], B[0], { dim: 0, out: new Float32Array(2) }),
    RangeError,
    'out has 2 elements, not 1. The result is float32 of shape (): pass new Float32Array(1).',
  ],
  [() => cosineSimilarity(A, B, { out: six() }), RangeError, 'out has the shape (2, 3), not (2,).'],
  [
    () =>
      cosineSimilarity([A, A], [B, B], { dim: 0, out: tensor(new Float32Array(4), { shape: [2, 2] }).transpose(0, 1) }),
    RangeError,
    'out must be contiguous, but its strides are (1, 2).',
  ],
  [
    () => {
      const x = new Float32Array(8)
      cosineSimilarity({ data: x.subarray(0, 6), shape: [3, 2] }, A[0], { out: x.subarray(5) })
    },
    RangeError,
    'unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location.',
  ],
  [
    () => {
      const x = tensor(A).to('wasm')
      cosineSimilarity(x, A, { out: x.view(4) })
    },
    RangeError,
    'out has the shape (4,), not (2,).',
  ],
  [() => cosineSimilarity(A, B, null), TypeError, 'cosineSimilarity() takes its options as an object'],
  [
    () => cosineSimilarity(A, B, { dtype: 'quad' }),
    TypeError,
    'dtype must be one of bool, uint8, int8, int16, int32, int64, uint16, uint32, uint64, float16, float32, float64, got "quad".',
  ],
  [() => cosineSimilarity(A, B, { dtype: 'constructor' }), TypeError, 'dtype must be one of bool,'],
  [
    () => cosineSimilarity(A, B, { constructor: 0 }),
    TypeError,
    "cosineSimilarity() got an unexpected keyword argument 'constructor'",
  ],
  [
    () => attentionDistribution([1, 2], A, { normalize: 'toString' }),
    TypeError,
    'attentionDistribution(): normalize must be',
  ],
  [
    () => pairwiseCosineSimilarity(A, null),
    TypeError,
    "pairwiseCosineSimilarity(): argument 'x2' (position 2) must be Tensor, not null.",
  ],
  [
    () => pairwiseCosineSimilarity([[1n]], [[2n]]),
    TypeError,
    'expected common dtype to be floating point, yet common dtype is Long',
  ],
  [
    () => topkCosineSimilarity([1, 2], A, 3),
    RangeError,
    'selected index k out of range. k is 3, and the corpus has 2 rows',
  ],
  [() => topkCosineSimilarity([1, 2], A, -1), RangeError, 'selected index k out of range. k is -1'],
  [
    () => topkCosineSimilarity([1, 2], A, 1.5),
    TypeError,
    "topkCosineSimilarity(): argument 'k' must be int, not number. Got 1.5; pass a whole number.",
  ],
  [
    () => topkCosineSimilarity([1, 2], A),
    TypeError,
    "topkCosineSimilarity(): argument 'k' must be int, not undefined. Got undefined; pass a whole number.",
  ],
  [
    () => topkCosineSimilarity([1, 2, 3], A, 1),
    RangeError,
    'topkCosineSimilarity() takes a query of shape (D,) or (Q, D) and a corpus of shape (N, D), got (3,) and (2, 2).',
  ],
  [
    () => topkCosineSimilarity(1, A, 1),
    RangeError,
    'topkCosineSimilarity() takes a query of shape (D,) or (Q, D) and a corpus of shape (N, D), got () and (2, 2).',
  ],
  [() => topkCosineSimilarity([1, 2], [1, 2], 1), RangeError, 'topkCosineSimilarity() takes a query of shape'],
  [() => topkCosineSimilarity([1, 2], A, 1, { eps: -1 }), RangeError, 'eps must be non-negative, got: -1.'],
  [
    () => topkCosineSimilarity([1, 2], A, 1, { largest: false }),
    TypeError,
    "topkCosineSimilarity() got an unexpected keyword argument 'largest'. Its options are: eps, dtype.",
  ],
  [
    () => topkCosineSimilarity([1, 2], 'corpus', 1),
    TypeError,
    "topkCosineSimilarity(): argument 'corpus' (position 2) must be Tensor, not string.",
  ],
  [
    () => topkCosineSimilarity([[1n]], [[2n]], 1),
    TypeError,
    'expected common dtype to be floating point, yet common dtype is Long',
  ],
  [() => tensor(new Array(2)), TypeError, 'Could not infer dtype of NoneType. [0] is a hole'],
  [() => tensor([1, 2n]), TypeError, 'A BigInt cannot be mixed with numbers: [1] is 2n'],
  [() => tensor(new DataView(new ArrayBuffer(4))), TypeError, 'A DataView has no element type.'],
  [() => tensor(new Float64Array(1), { dtype: 'float32' }), TypeError, 'dtype says float32, but the data is float64.'],
  [
    () => tensor([Float32Array.of(1), Float64Array.of(1)]),
    TypeError,
    'All rows must be of one type: [1] is a Float64Array, those before it Float32Array.',
  ],
  [() => tensor([1, 2], { shape: [-2] }), RangeError, 'invalid shape dimension -2 at index 0 of shape [-2].'],
  [() => tensor([1, 2], { shape: [-1, -1] }), RangeError, 'only one dimension can be inferred.'],
  [() => tensor([1, 2], { shape: [-1, 3] }), RangeError, "shape '[-1, 3]' is invalid for input of size 2."],
  [() => tensor([1, 2], { shape: [2.5] }), RangeError, 'shape must be whole numbers: shape[0] is 2.5.'],
  [() => tensor([1, 2], { shape: 2 }), TypeError, 'shape must be an array of whole numbers, got 2.'],
  [
    () => tensor([1, 2], { shape: [2 ** 32, 2 ** 32] }),
    RangeError,
    "shape '[4294967296, 4294967296]' is invalid for input of size 2",
  ],
  [
    () => cosineSimilarity({ data: [1, 2, 3], shape: [2, 2] }, A),
    RangeError,
    "shape '[2, 2]' is invalid for input of size 3",
  ],
  [
    () => cosineSimilarity({ data: 'abc', shape: [3] }, A),
    TypeError,
    'data must be a flat array or a typed array, got "abc".',
  ],
  [
    () => cosineSimilarity({ data: new Float32Array(4), shape: [2, 2], strides: [3, 1] }, A),
    RangeError,
    'The tensor reads elements 0 to 4, but its data has 4.',
  ],
  [
    () => cosineSimilarity({ data: new Float32Array(4), shape: [2, 2], strides: [-2, 1] }, A),
    RangeError,
    'The tensor reads elements -2 to 1, but its data has 4.',
  ],
  [
    () => cosineSimilarity({ data: new Float32Array(4), shape: [2, 2], strides: [2] }, A),
    RangeError,
    'shape (2, 2) and strides (2,) must have the same length.',
  ],
  // hints for what holds numbers but is no list of them
  [
    () => cosineSimilarity('[1, 2]', B),
    TypeError,
    "cosineSimilarity(): argument 'x1' (position 1) must be Tensor, not string. It looks like JSON: pass JSON.parse(x).",
  ],
  [
    () => tensor('[1, 2]'),
    TypeError,
    'new(): invalid data type \'str\'. The data is "[1, 2]", where a number is expected.',
  ],
  [() => tensor(['[1, 2]']), TypeError, 'too many dimensions \'str\'. [0] is "[1, 2]", where a number is expected.'],
  [
    () => tensor([A[0], '[1, 2]']),
    TypeError,
    'new(): invalid data type \'str\'. [1] is "[1, 2]", where a number is expected.',
  ],
  [
    () => cosineDistance({ 0: 0.1, 1: 0.2 }, [1, 2]),
    TypeError,
    "cosineDistance(): argument 'u' (position 1) must be Tensor, not object. " +
      'JSON makes such objects of typed arrays: pass Object.values(x).',
  ],
  [
    () => topkCosineSimilarity([1, 2], [{ 0: 0.1, 1: 0.2 }], 1),
    TypeError,
    'Could not infer dtype of dict. corpus[0] is an object, where a number is expected. JSON makes such objects of typed arrays: ' +
      'pass Object.values(x).',
  ],
  [
    () => tensor({ data: { 0: 0.1, 1: 0.2 }, shape: [2] }),
    TypeError,
    'data must be a flat array or a typed array, got an object. JSON makes such objects of typed arrays: ' +
      'pass { ...x, data: Object.values(x.data) }.',
  ],
  [
    () => cosineSimilarity(Buffer.alloc(8), Buffer.alloc(8), { dim: 0 }),
    TypeError,
    'expected common dtype to be floating point, yet common dtype is Byte. If these are the bytes of floats, ' +
      'pass new Float32Array(b.buffer, b.byteOffset, b.length / 4). ' +
      "Or, for numbers from 0 to 255, cast both first: pass { dtype: 'float32' }.",
  ],
  [
    () => cosineDistance([1, 2], Buffer.of(1, 2)),
    TypeError,
    "cosineDistance(): argument 'v' (position 2) must be Tensor, not Buffer. If these are the bytes of floats, " +
      'pass new Float32Array(b.buffer, b.byteOffset, b.length / 4). Or, for numbers from 0 to 255, Uint8Array.from(b).',
  ],
  [() => cosineDistance(detached(), detached()), TypeError, 'The array is detached: its buffer was transferred'],
  [
    () => cosineSimilarity(detached(), detached(), { dim: 0 }),
    TypeError,
    'The array is detached: its buffer was transferred',
  ],
  [() => tensor([detached(), detached()]), TypeError, 'The array is detached: its buffer was transferred'],
  [
    () => topkCosineSimilarity([1, 2], [], 1),
    RangeError,
    'selected index k out of range. k is 1, and the corpus has 0 rows',
  ],
  [() => explain(A, B).at(2), RangeError, 'index 2 is out of bounds for dimension 0 with size 2'],
  [() => explain(A, B).at(), RangeError, 'at() takes 1 index, one for each dim of the result, got 0.'],
  [() => explain(A, B).at(0.5), TypeError, "at(): argument 'index' must be int, not number"],
]

afterEach(() => {
  assert.deepEqual(cosineSimilarity(A, B, { dim: 0 }).tolist(), [
    Math.fround(0.95577900872195),
    Math.fround(0.9838699100999074),
  ])
})

for (const [call, kind, message] of MISTAKES)
  test(call.toString().slice(6), () => {
    assert.throws(call, (/** @type {Error} */ error) => {
      assert.equal(error.constructor, kind)
      assert.equal(error.message.slice(0, message.length), message)
      assert.doesNotMatch(error.message.slice(message.length), /\b(?:undefined|NaN)\b/)
      assert.match(error.message, /\.$/, 'a second sentence says what to do')
      return true
    })
  })

test('a refused call leaves nothing behind, even if it had more dims than the next', () => {
  const [x1, x2] = [4, 5].map((size) => tensor(new Float32Array(6 * size), { shape: [2, 3, size] }))
  for (const dim of [0, 1]) {
    const right = cosineSimilarity(A, A, { dim })
    assert.throws(() => cosineSimilarity(x1, x2, { dim }), /must match.*dimension 2/)
    assert.deepEqual(cosineSimilarity(A, A, { dim }), right)
  }
})

test('matrices of other heights are sent to pairwiseCosineSimilarity', () => {
  const matrix = (...shape) => tensor(new Float32Array(shape.reduce((a, b) => a * b)), { shape })
  const sentence =
    'The size of tensor a (10) must match the size of tensor b (20) at non-singleton dimension 0. The shapes (10, 64) and ' +
    '(20, 64) are aligned at their last dim. In every dim, the sizes must be equal, or one of them 1.'
  const hint = ' To compare every row with every row, use pairwiseCosineSimilarity().'
  for (const call of [cosineSimilarity, explain])
    assert.throws(() => call(matrix(10, 64), matrix(20, 64)), { name: 'RangeError', message: sentence + hint })
  assert.deepEqual(pairwiseCosineSimilarity(matrix(10, 64), matrix(20, 64)).shape, [10, 20])
  for (const [x, y] of [
    [matrix(10, 64), matrix(20, 32)],
    [matrix(10), matrix(20)],
    [matrix(2, 10, 64), matrix(20, 64)],
  ])
    assert.throws(
      () => cosineSimilarity(x, y),
      (error) => !String(error).includes('pairwise'),
    )
})

test('no message is long, whatever is passed', async () => {
  const long = 'x'.repeat(1e6)
  class Named {}
  Object.defineProperty(Named, 'name', { value: long })
  const many = Array.from({ length: 1e4 }, (_, i) => i)
  const deep = Array.from({ length: 60 }).reduce((list) => [list], 'x')
  const inputs = [
    long,
    `[${'1,'.repeat(1e6)}1]`,
    '1,'.repeat(1e6),
    Buffer.alloc(1e6, 1).toString('base64'),
    new Named(),
    10n ** 100_000n,
    { ...many },
    { [long]: [1, 2] },
    { data: { ...many }, shape: many },
    { data: long, shape: [1] },
    { data: many, shape: many },
    { data: many, shape: [1], strides: many },
    { data: many, shape: [2], dtype: long },
    { data: new Float32Array(2), shape: [1], strides: [1], offset: long },
    new Map([[long, long]]),
    Symbol(long),
    deep,
    [many, [long]],
    [many, many.slice(1)],
    Object.fromEntries(many.map((i) => [`k${i}`, { long, many: { i } }])),
  ]
  const calls = inputs.flatMap((x) => [
    () => tensor(x),
    () => tensor([x]),
    () => tensor([1, x]),
    () => tensor([Float32Array.of(1), x]),
    () => tensor(A, { dtype: x }),
    () => tensor(A, { shape: x }),
    () => new untyped.Tensor({ data: x, dtype: 'float32', shape: [1], strides: [1], offset: 0 }),
    () => new untyped.Tensor({ data: new Float32Array(2), dtype: x, shape: x, strides: x, offset: x }),
    () => cosineSimilarity(x, A),
    () => cosineSimilarity(A, B, { dim: x }),
    () => cosineSimilarity(A, B, { eps: x }),
    () => cosineSimilarity(A, B, { out: x }),
    () => cosineSimilarity(A, B, x),
    () => cosineDistance(A[0], x),
    () => topkCosineSimilarity(A[0], A, x),
    () => attentionDistribution(A[0], A, { normalize: x }),
    () => explain(A, B).at(x),
    () => six().view(x),
    () => six().view(1, x),
    () => six().to(x),
    () => six().size(x),
    () => cosineSimilarity(A, B, { [typeof x === 'string' ? x : 'other']: x }),
  ])
  for (const call of calls) {
    try {
      call()
    } catch (/** @type {any} */ error) {
      assert.ok(error instanceof TypeError || error instanceof RangeError, error.stack)
      assert.ok(error.message.length < 2000, `${call}: ${error.message.slice(0, 300)}`)
    }
  }
})

test('an error thrown while an input is read reaches the caller', () => {
  const broken = {
    data: new Float32Array(1),
    get shape() {
      throw new SyntaxError('mine')
    },
  }
  assert.throws(() => cosineSimilarity(broken, A), { name: 'SyntaxError', message: 'mine' })
})

test('data that was transferred after the tensor was made is an error, not NaN', () => {
  const data = new Float32Array(4)
  const x = tensor(data, { shape: [2, 2] })
  structuredClone(data.buffer, { transfer: [data.buffer] })
  assert.throws(() => cosineSimilarity(x, A), /reads elements 0 to 3, but its data has 0/)
})

test('init takes a WebAssembly.Module and nothing else', async () => {
  await assert.rejects(
    init({ module: 'cosdim.wasm' }),
    /init\(\): module must be a WebAssembly.Module, got "cosdim.wasm"\.$/,
  )
  const module = new WebAssembly.Module(readFileSync(new URL('../../dist/cosdim.wasm', import.meta.url)))
  await assert.rejects(init({ module: Promise.resolve(module) }), /got a Promise\. Await it first\.$/)
  await assert.rejects(init({ module: { default: module } }), /got an object\. Pass its default export\.$/)
  await init()
})

/** The enumerators of an enum in c/cosdim.h, without their prefix. */
function enumerators(name, prefix) {
  const header = readFileSync(new URL('../../c/cosdim.h', import.meta.url), 'utf8')
  const body = /** @type {string} */ (header.split(`} ${name};`)[0].split('typedef enum {').pop())
  return [...body.matchAll(new RegExp(`^ *${prefix}([A-Z0-9_]+),`, 'gm'))].map(([, enumerator]) => enumerator)
}

test('every status of the core has its text, in the same order', () => {
  assert.deepEqual(Object.keys(STATUS), enumerators('cosdim_status', 'COSDIM_(?:ERROR_)?'))
})

test('every dtype of the core has its name, in the same order', () => {
  const names = enumerators('cosdim_dtype', 'COSDIM_').map((name) => name.toLowerCase())
  assert.deepEqual(NAMES, names)
  assert.equal(TORCH_NAMES.length, names.length)
})
