/** The operations: each describes its operands to the core, plans, walks the tiles and returns the result. */
import { codeOf, DTYPES } from './dtypes.js'
import { NORMALIZATIONS } from './input/options.js'
import { resolveOut } from './input/out.js'
import { elementCount, Strided } from './tensor/strided.js'
import { copy, lengthOf } from './typed-array-intrinsics.js'
import { castTo, INT64, int64, OUT, readLayout } from './wasm/abi.js'
import { check, setTensor, setTensors } from './wasm/check.js'
import { copyOut, memoryAs, unstage } from './wasm/copy.js'
import { allocate, at, release, wasm } from './wasm/instance.js'
import { walk, walkInSlices } from './wasm/tiles.js'

/** @typedef {import('./dtypes.js').DType} DType */
/** @typedef {import('./dtypes.js').TypedArray} TypedArray */
/** @typedef {TypedArray | Strided} Out where the caller wants the result */
/**
 * @template T
 * @typedef {import('./wasm/tiles.js').Sliced<T>} Sliced
 */

/**
 * @param {readonly Strided[]} operands x1 and x2
 * @param {number} dim
 * @param {number} eps
 * @param {DType} [dtype] that both are cast to first
 */
export function planSimilarity(operands, dim, eps, dtype) {
  setTensors(operands)
  const status = wasm.similarity(dim, eps, castTo(dtype))
  if (status) check(status, operands, { eps })
}

/**
 * @param {readonly Strided[]} operands x1 and x2
 * @param {number} dim
 * @param {number} eps
 * @param {DType} [dtype] that both are cast to first
 * @param {Out} [out]
 */
export function similarity(operands, dim, eps, dtype, out) {
  planSimilarity(operands, dim, eps, dtype)
  return run(operands, out)
}

/**
 * @param {readonly Strided[]} operands x1 and x2
 * @param {{ dim: number, eps: number, dtype?: DType }} options
 * @param {() => boolean} pause
 * @returns {Sliced<Strided>}
 */
export function* similarityInSlices(operands, { dim, eps, dtype }, pause) {
  planSimilarity(operands, dim, eps, dtype)
  return yield* runPausing(operands, undefined, pause)
}

/**
 * @param {readonly Strided[]} operands x1 and x2
 * @param {{ eps: number, dtype?: DType }} options `dtype` is what both are cast to first
 * @param {Out} [out]
 * @param {() => boolean} [pause]
 * @returns {Sliced<Strided>}
 */
export function* pairwise(operands, { eps, dtype }, out, pause) {
  setTensors(operands)
  check(wasm.pairwise(eps, castTo(dtype)), operands, { eps })
  return yield* runPausing(operands, out, pause)
}

/**
 * The values and the indices of the k rows of the corpus that are most similar to each query.
 * @param {readonly Strided[]} operands query and corpus
 * @param {number} k
 * @param {{ eps: number, dtype?: DType }} options
 * @param {() => boolean} [pause]
 * @returns {Sliced<Strided[]>}
 */
export function* topk(operands, k, { eps, dtype }, pause) {
  setTensors(operands)
  check(wasm.topk(k, eps, castTo(dtype)), operands, { eps })
  const layout = readLayout(at.plan)
  const values = makeResult(layout)
  const indices = makeResult({ ...layout, dtype: 'int32' })
  const count = elementCount(layout.shape)
  if (count > 0) {
    const memory = allocate(wasm.topk_bytes())
    try {
      wasm.topk_begin(memory)
      const update = () => {
        check(wasm.accumulate(), operands)
        wasm.topk_update()
      }
      yield* walkInSlices(operands, operands, (count / k) * operands[1].shape[0], update, pause)
      wasm.topk_end()
      copyOut(values.data, int64(at.numbers))
      copyOut(indices.data, int64(at.numbers + INT64))
    } finally {
      release(memory)
    }
  }
  return [values, indices]
}

/**
 * @param {readonly Strided[]} operands u, v and perhaps weights
 * @returns {number}
 */
export function distance(operands) {
  setTensors(operands)
  check(wasm.distance(operands.length === 3 ? 1 : 0), operands)
  return /** @type {number} */ (run(operands).data[0])
}

/**
 * @param {readonly Strided[]} operands target and behaviored
 * @param {keyof typeof NORMALIZATIONS} normalize
 */
export function attention(operands, normalize) {
  setTensors(operands)
  check(wasm.attention(), operands)
  const scores = run(operands)
  distribute(scores, normalize)
  return scores
}

/**
 * Turns scores into a distribution, in place: a first pass adds them up, a second divides them.
 * @param {Strided} scores
 * @param {keyof typeof NORMALIZATIONS} normalize
 */
function distribute({ data, dtype }, normalize) {
  const memory = memoryAs(data)
  const scratch = at.scratch / memory.BYTES_PER_ELEMENT
  const most = wasm.scratch_size() / memory.BYTES_PER_ELEMENT
  const length = lengthOf(data)
  wasm.distribution_begin(NORMALIZATIONS[normalize])
  for (let i = 0; i < length; i += most) {
    const count = Math.min(most, length - i)
    copy(memory, scratch, data, i, count)
    wasm.distribution_add(codeOf(dtype), count)
  }
  for (let i = 0; i < length; i += most) {
    const count = Math.min(most, length - i)
    copy(memory, scratch, data, i, count)
    wasm.distribution_divide(codeOf(dtype), count)
    copy(data, i, memory, scratch, count)
  }
}

/**
 * Walks the plan. The result goes into a fresh array, or into `out`.
 * @param {readonly Strided[]} operands
 * @param {Out} [out]
 */
function run(operands, out) {
  const result = resultOf(operands, out)
  walk(operands, () => finishInto(result, operands))
  return result
}

/**
 * The same. It pauses whenever `pause()` says so.
 * @param {readonly Strided[]} operands
 * @param {Out} [out]
 * @param {() => boolean} [pause]
 * @returns {Sliced<Strided>}
 */
function* runPausing(operands, out, pause) {
  const result = resultOf(operands, out)
  const outputs = elementCount(result.shape)
  yield* walkInSlices(operands, [...operands, result], outputs, () => finishInto(result, operands), pause)
  return result
}

/**
 * Accumulates a tile, and copies its finished outputs into the result.
 * @param {Strided} result
 * @param {readonly Strided[]} operands
 */
function finishInto(result, operands) {
  const status = wasm.accumulate()
  if (status) check(status, operands)
  unstage(result)
}

/**
 * The tensor that takes the result of the plan.
 * @param {readonly Strided[]} operands
 * @param {Out} [out]
 */
function resultOf(operands, out) {
  const layout = readLayout(at.plan)
  if (out === undefined) return makeResult(layout)
  const result = resolveOut(out, layout, elementCount(layout.shape), operands)
  setTensor(OUT, result) // for its checks only; the plan is already made
  return result
}

/** @param {import('./tensor/strided.js').Layout} layout */
function makeResult(layout) {
  const { dtype, shape, strides } = layout
  const count = elementCount(shape)
  try {
    return new Strided(new DTYPES[dtype].array(count), undefined, dtype, shape, strides)
  } catch (cause) {
    throw new RangeError(`The result has ${count} elements of ${dtype}, more than can be allocated here.`, { cause })
  }
}
