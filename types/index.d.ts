/**
 * cosdim: PyTorch's cosine similarity for JavaScript.
 *
 * A RangeError means that a shape, dim, eps, k or weight does not fit; a TypeError that something is not a tensor, has
 * a dtype that does not fit, or is an option that does not exist. A message begins with PyTorch's or SciPy's own
 * sentence.
 */

/** The dtypes of similarities. */
export type FloatDType = 'float16' | 'float32' | 'float64'
/** The dtypes, by PyTorch's names. */
export type DType =
  | FloatDType
  | 'bool'
  | 'uint8'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint16'
  | 'uint32'
  | 'uint64'
/** A dtype as options take it, by any of its names: `float32` is also `float`, `torch.float32` and `Float32`. */
export type DTypeName<D extends DType = DType> = D | internal.Alias<D> | internal.Unlisted<internal.Spelling<D>>

/**
 * Cosine similarity along a dim: Σ x1·x2 / (max(‖x1‖, eps) · max(‖x2‖, eps)), as torch.nn.functional.cosine_similarity.
 * The inputs are broadcast, and the result has their common shape without `dim`. It is never outside [-1, 1] and has
 * the wider of their dtypes. An integer input takes the dtype of the other one; for two of them, pass `dtype`.
 * @example cosineSimilarity(a, b, { dim: -1 }).item() // of two vectors
 * @example cosineSimilarity(documents, query).tolist() // (N, D) and (D,) give (N,)
 * @throws RangeError if the shapes do not broadcast, `dim` is out of range (the default is, for two vectors), eps is
 *   negative or `out` does not fit. TypeError if both inputs are integers and there is no `dtype`, or `out` has another
 *   dtype.
 */
export function cosineSimilarity<A extends TensorLike, B extends TensorLike, F extends internal.FloatName = never>(
  x1: A,
  x2: B,
  options?: SimilarityOptions<F>,
): Tensor<internal.ResultDType<F, A, B>, internal.Reduced<internal.RankOf<A> | internal.RankOf<B>>>

/**
 * The same result, to the bit, computed in slices of 10 ms with other work in between, so that a page or a server stays
 * responsive. Progress counts rows. Do not change the inputs until it settles.
 *
 * Along dim 0, one or both inputs can arrive in slices, each (n, …) with any n, as an async iterable or a ReadableStream.
 * x1 and x2 may be sliced differently, but have the same number of rows. An input that is not a stream is broadcast along
 * dim 0: it has fewer dims than a slice, or one row. A slice is asked for when the one before is done, and the source is
 * told when it is needed no longer. Progress then has a total of Infinity, and the result is that of an accumulator.
 * @example await cosineSimilarityAsync(npyChunks(one), npyChunks(other), { dim: 0 })
 * @throws what cosineSimilarity throws; RangeError for streams along another dim, or of different lengths; after an
 *   abort, the signal's reason
 */
export function cosineSimilarityAsync<
  A extends TensorLike | internal.Chunks,
  B extends TensorLike | internal.Chunks,
  F extends internal.FloatName = never,
>(
  x1: A,
  x2: B,
  options?: SimilarityAsyncOptions<F>,
): Promise<Tensor<internal.ResultDType<F, A, B>, internal.Reduced<internal.RankOf<A> | internal.RankOf<B>>>>

/**
 * The cosine similarity of each row of x1 with each row of x2, as torch.nn.functional.cosine_similarity of x1[:, None]
 * and x2[None] along the last dim. It allocates only the result.
 * @param x1 of shape (N, D)
 * @param x2 of shape (M, D); x1 by default
 * @returns of shape (N, M), in the wider of the two dtypes
 * @throws RangeError for other shapes, a negative eps or an `out` that does not fit. TypeError as cosineSimilarity.
 */
export function pairwiseCosineSimilarity<
  A extends TensorLike,
  B extends TensorLike = A,
  F extends internal.FloatName = never,
>(x1: A, x2?: B | undefined, options?: PairwiseOptions<F>): Tensor<internal.ResultDType<F, A, B>, 2>

/**
 * The same result, to the bit, computed in slices of 10 ms with other work in between, so that a page or a server stays
 * responsive. Progress counts rows of x1. Do not change the inputs or `out` until it settles.
 * @throws what pairwiseCosineSimilarity throws; after an abort, the signal's reason
 */
export function pairwiseCosineSimilarityAsync<
  A extends TensorLike,
  B extends TensorLike = A,
  F extends internal.FloatName = never,
>(
  x1: A,
  x2?: B | undefined,
  options?: PairwiseOptions<F> & AsyncOptions,
): Promise<Tensor<internal.ResultDType<F, A, B>, 2>>

/**
 * The k rows of a corpus that are most similar to each query, found in one pass, in the order of torch.topk: largest
 * first, NaN before any number. Ties are in the order of their indices, which PyTorch leaves open.
 * @param query of shape (D,), or (Q, D) for several queries
 * @param corpus of shape (N, D)
 * @param k from 0 to N
 * @returns values in the wider of the two dtypes, and the indices of their rows in int32, of shape (k,) or (Q, k)
 * @example const { values, indices } = topkCosineSimilarity(query, documents, 10)
 * @throws RangeError for other shapes, a k out of range, a negative eps, or more results than fit into memory.
 *   TypeError if k is not a whole number, or both inputs are integers and there is no `dtype`.
 */
export function topkCosineSimilarity<A extends TensorLike, B extends TensorLike, F extends internal.FloatName = never>(
  query: A,
  corpus: B,
  k: number,
  options?: TopkOptions<F>,
): TopkResult<internal.ResultDType<F, A, B>, internal.QueryRank<internal.RankOf<A>>>

/**
 * The same result, to the bit, computed in slices of 10 ms with other work in between, so that a page or a server stays
 * responsive. Progress counts rows of the corpus. Do not change the inputs until it settles.
 *
 * The corpus can arrive in chunks, each (n, D) with any n: a chunk is asked for when the one before is done, so there is
 * memory for one or two. Progress then has a total of Infinity. The source is told when it is needed no longer.
 * @example await topkCosineSimilarityAsync(query, npyChunks(response.body), 10)
 * @throws what topkCosineSimilarity throws; after an abort, the signal's reason
 */
export function topkCosineSimilarityAsync<
  A extends TensorLike,
  B extends TensorLike | internal.Chunks,
  F extends internal.FloatName = never,
>(
  query: A,
  corpus: B,
  k: number,
  options?: TopkOptions<F> & AsyncOptions,
): Promise<TopkResult<internal.ResultDType<F, A, B>, internal.QueryRank<internal.RankOf<A>>>>

/**
 * Cosine distance of two vectors, 1 − Σ w·u·v / √(Σ w·u² · Σ w·v²), as scipy.spatial.distance.cosine, except that
 * finite numbers never overflow. It is in [0, 2], or NaN for a zero vector, and computed in float64, in which lists are
 * read. The vectors may have any dtype.
 * @param u of shape (D,)
 * @param v of shape (D,)
 * @throws RangeError for other shapes or a negative weight
 */
export function cosineDistance(u: TensorLike, v: TensorLike, options?: DistanceOptions): number

/**
 * The similarity of a target with each of N vectors, as a distribution: divided by their sum, or by torch.softmax.
 * @param target of shape (D,) or (1, D)
 * @param behaviored of shape (N, D)
 * @returns of shape (N,), in the wider of the two dtypes
 * @throws RangeError for other shapes. TypeError if both inputs are integers.
 */
export function attentionDistribution<A extends TensorLike, B extends TensorLike>(
  target: A,
  behaviored: B,
  options?: AttentionOptions,
): Tensor<internal.ResultDType<never, A, B>, 1>

/**
 * The working behind each output of cosineSimilarity(x1, x2, { dim, eps }): its terms, sums, norms and angle.
 * @throws what cosineSimilarity throws
 */
export function explain(x1: TensorLike, x2: TensorLike, options?: ExplainOptions): Explanation

/**
 * A tensor over `data`, as torch.as_tensor: a typed array is wrapped, not copied. Numbers become float32, booleans bool
 * and BigInts int64. A list of vectors is stacked, as torch.stack.
 * @example tensor(new Float32Array(1000 * 768), { shape: [1000, 768] })
 * @throws RangeError for ragged lists, a shape that does not fit, or a number too large for its dtype. TypeError for
 *   anything that is not a number, or a typed array that does not hold the `dtype`.
 */
export function tensor<T extends TensorLike, N extends DTypeName = never, S extends internal.Sizes = never>(
  data: T,
  options?: TensorOptions<N, S>,
): Tensor<[N] extends [never] ? internal.DTypeOf<T> : internal.Named<N>, internal.RankOfTensor<T, S>>

/**
 * Compiles the WebAssembly module. Without it the first call does so, synchronously, which some browsers refuse on the
 * main thread. Where compiling is forbidden, pass `module`.
 * @throws Error, as the first call does, if there can be no instance. Its message says why and who can change it; its
 *   `code` is NO_WEBASSEMBLY, NO_SIMD, FORBIDDEN (by a Content-Security-Policy, or on Cloudflare Workers), NO_MEMORY or
 *   ASYNC_ONLY; `cause` is the engine's own error. TypeError if `module` is not a WebAssembly.Module.
 */
export function init(options?: InitOptions): Promise<void>

/**
 * Similarities of data that arrives in slices along the reduced dim, or on several machines: as of one call with all of
 * it, within its accuracy. Memory is needed for a slice and for 56 bytes of sums per result.
 * @example
 * const similarities = accumulator({ dim: 0 })
 * for await (const [a, b] of slices) similarities.update(a, b) // each (n, D), with any n
 * similarities.result() // (D,)
 * @throws TypeError or RangeError as cosineSimilarity
 */
export const accumulator: {
  <F extends internal.FloatName = never>(
    options?: Omit<SimilarityOptions<F>, 'out'>,
  ): Accumulator<[F] extends [never] ? FloatDType : internal.Named<F> & FloatDType>
  /**
   * The accumulator that `toBytes` wrote.
   * @throws RangeError for bytes that are damaged, foreign or of another version; TypeError for anything but bytes
   */
  fromBytes(bytes: Uint8Array): Accumulator
}

/** The sums of the slices so far. What throws changes nothing. */
export interface Accumulator<D extends FloatDType = FloatDType> {
  /**
   * Adds a slice. Slices differ along dim only; an input that is broadcast along it is given with every slice.
   * @throws as cosineSimilarity; RangeError if the result of the slice has another shape or dtype than before
   */
  update(x1: TensorLike, x2: TensorLike): this
  /**
   * Adds what another accumulator has. In either order of the two, the sums are the same to the bit.
   * @throws RangeError if its options differ, or its results have another shape or dtype
   */
  merge(other: Accumulator): this
  /** @throws RangeError before the first slice */
  result(): Tensor<D>
  /** Forgets all slices. */
  reset(): this
  /** Everything, with a checksum, in the same format on every machine. */
  toBytes(): Uint8Array
}

/**
 * The best k rows of a corpus that arrives in shards, or is on several machines: to the bit those of one call with all of
 * it, if no shard has less than three rows. The query is copied.
 * @example
 * const best = topkAccumulator(query, 10)
 * for await (const rows of shards) best.update(rows) // each (n, D), with any n
 * const { values, indices } = best.result()
 * @throws TypeError or RangeError as topkCosineSimilarity, but k may exceed the number of rows
 */
export const topkAccumulator: {
  <F extends internal.FloatName = never>(
    query: TensorLike,
    k: number,
    options?: TopkOptions<F>,
  ): TopkAccumulator<[F] extends [never] ? FloatDType : internal.Named<F> & FloatDType>
  /**
   * The accumulator that `toBytes` wrote. Without its query it can be merged and give its result.
   * @throws RangeError for bytes that are damaged, foreign, of another version or another query; TypeError for anything
   *   but bytes
   */
  fromBytes(bytes: Uint8Array, query?: TensorLike): TopkAccumulator
}

/** The best rows so far. What throws changes nothing. */
export interface TopkAccumulator<D extends FloatDType = FloatDType> {
  /**
   * Offers the rows of a shard.
   * @param options firstRow is the number of its first row, below 2^53: by default the one after the last so far
   * @throws as topkCosineSimilarity; RangeError if a row was offered before, or the values have another dtype
   */
  update(rows: TensorLike, options?: { readonly firstRow?: number | undefined }): this
  /**
   * Takes over the rows of another accumulator. The order does not matter.
   * @throws RangeError if it has another query, k, eps or dtype, or rows that this one has
   */
  merge(other: TopkAccumulator): this
  /**
   * Values and row numbers of shape (k,) or (Q, k), with fewer columns where there are fewer rows.
   * @throws RangeError before the first shard
   */
  result(): { values: Tensor<D>; indices: Tensor<'int64'> }
  /** Forgets all rows, and keeps the query. */
  reset(): this
  /** Everything but the query, with a checksum, in the same format on every machine. */
  toBytes(): Uint8Array
}

/** The size of WebAssembly's memory and what tensors use of it, in bytes. It never shrinks; what is freed is reused. */
export function memoryUsage(): { total: number; used: number }

export interface SimilarityOptions<F extends internal.FloatName = FloatDType> extends PairwiseOptions<F> {
  /** The dim to reduce, counted in the common shape, from the end if negative. 1 by default, as in PyTorch. */
  readonly dim?: number | undefined
}
export interface PairwiseOptions<F extends internal.FloatName = FloatDType> extends TopkOptions<F> {
  /**
   * Takes the result, whose `data` it becomes: a typed array, or a contiguous tensor of the same shape, of its dtype.
   * It must not share memory with the inputs.
   */
  readonly out?: internal.FloatArray | Tensor<FloatDType> | undefined
}
export interface TopkOptions<F extends internal.FloatName = FloatDType> {
  /** The least norm to divide by. 1e-8 by default, as in PyTorch. */
  readonly eps?: number | undefined
  /** The dtype that both inputs are cast to first, as torch.sum's. Lists are read as this dtype. */
  readonly dtype?: F | undefined
}
export interface AsyncOptions {
  /** An AbortSignal. */
  readonly signal?: { readonly aborted: boolean; readonly reason?: unknown } | undefined
  /** Called after each slice. */
  readonly onProgress?: ((progress: { done: number; total: number }) => void) | undefined
}
export interface SimilarityAsyncOptions<F extends internal.FloatName = FloatDType>
  extends Omit<SimilarityOptions<F>, 'out'>,
    AsyncOptions {}
export interface DistanceOptions {
  /** Of shape (D,), not negative. 1 by default. */
  readonly weights?: TensorLike | undefined
}
export interface AttentionOptions {
  /** `sum` by default. A sum of 0 gives NaN or infinities, as in PyTorch; softmax does not. */
  readonly normalize?: 'sum' | 'softmax' | undefined
}
export interface ExplainOptions extends Pick<SimilarityOptions, 'dim' | 'eps'> {}
export interface TensorOptions<N extends DTypeName = DType, S extends internal.Sizes = readonly number[]> {
  /** What the typed array holds, to tell bool from uint8 and float16 from uint16. Lists become this dtype. */
  readonly dtype?: N | undefined
  /** One size may be -1, as in torch.Tensor.view. */
  readonly shape?: S | undefined
}
export interface InitOptions {
  /** A WebAssembly.Module: one that another thread compiled, or on Cloudflare Workers `cosdim/cosdim.wasm`. */
  readonly module?: internal.CompiledModule | undefined
}
export interface TopkResult<D extends FloatDType = FloatDType, R extends number = number> {
  values: Tensor<D, R>
  indices: Tensor<'int32', R>
}

/**
 * What functions take: a number, a nested list, a typed array, a tensor of this or another library, a
 * `{ data, shape }`, or a list of any of these.
 */
export type TensorLike = number | TensorObject | TensorList
export type TensorList = readonly (number | boolean | bigint | TensorObject | TensorList)[]
export type TensorObject = TypedArray | Descriptor | internal.DeclaredTensor | internal.LazyTensor | internal.Container

/** Data and its shape. Strides and offset count elements. */
export interface Descriptor {
  readonly data: TypedArray | readonly (number | boolean | bigint)[]
  readonly shape?: internal.Sizes | undefined
  readonly dims?: internal.Sizes | undefined
  readonly strides?: ArrayLike<number> | undefined
  readonly stride?: ArrayLike<number> | undefined
  readonly offset?: number | undefined
  readonly dtype?: DTypeName | internal.AnyString | undefined
  readonly type?: DTypeName | internal.AnyString | undefined
}

/** Any typed array, by the name of its class. */
export interface TypedArray<Name extends keyof internal.DTypeByClass = keyof internal.DTypeByClass> {
  readonly [Symbol.toStringTag]: Name
  readonly length: number
  readonly buffer: ArrayBufferLike
  readonly byteOffset: number
  readonly byteLength: number
}

/** The elements of a tensor whose rank is unknown: one element, or lists of them. */
export type NestedList<T> = T | NestedList<T>[]

/**
 * A strided view of a typed array or of WebAssembly memory, with PyTorch's dtype, shape and views. It is frozen, and so
 * are its `shape` and `strides`. Testing `dtype` narrows it: `if (t.dtype === 'int64') t.item() // bigint`. R is the
 * number of dims, if the arguments' types tell it.
 */
export type Tensor<D extends DType = DType, R extends number = number> = { [K in D]: TensorOf<K, R> }[D]
/** The class, for `instanceof`. tensor() makes tensors. */
export const Tensor: internal.TensorClass

/** A tensor of one dtype. */
export interface TensorOf<D extends DType, R extends number = number> extends internal.MaybeDisposable {
  readonly dtype: D
  /**
   * The array: a view has all of the tensor that it is a view of. On the wasm device each read makes a copy. Without
   * Float16Array, float16 is bits in a Uint16Array.
   */
  readonly data: internal.ArrayByDType[D]
  readonly shape: internal.ByRank<D, R>['shape']
  /** How far apart neighbors along each dim are, in elements. */
  readonly strides: readonly number[]
  /** Where the first element is in `data`. */
  readonly offset: number
  /** On `wasm` the elements are in WebAssembly memory; on `js` every call copies them there. */
  readonly device: 'js' | 'wasm'
  /** The size of dim 0, as len() of a torch.Tensor. A 0-d tensor has undefined. */
  readonly length: number
  /** The size of a dim; negative dims count from the end. As torch.Tensor.size; RangeError if it is out of range. */
  size(dim: number): number
  /** The only element, as torch.Tensor.item. RangeError if there is not exactly one. */
  item(): internal.Item<D>
  /** The elements as nested arrays, or the element of a 0-d tensor, as torch.Tensor.tolist. */
  tolist(): internal.ByRank<D, R>['list']
  /**
   * tolist(), for JSON.stringify, which tensor() reads again, given the dtype. JSON makes null of NaN and infinities.
   * It has no bigint: a safe integer becomes a number, any other a string of its digits.
   */
  toJSON(): internal.Json<D, R>
  /** As PyTorch prints it. */
  toString(): string
  /** Along dim 0, as a torch.Tensor iterates: numbers for a vector, otherwise views. A 0-d tensor yields its number. */
  [Symbol.iterator](): IterableIterator<internal.ByRank<D, R>['row']>
  /** A 0-d tensor converts to its number. Arithmetic in TypeScript takes t.item(). */
  [Symbol.toPrimitive](hint: string): internal.Item<D> | string
  /**
   * The same data in another shape, as torch.Tensor.view. One size may be -1. RangeError for another number of
   * elements, or if it takes a copy: see reshape.
   */
  view<S extends internal.ShapeArguments>(...shape: S): TensorOf<D, internal.RankOfArguments<S>>
  /** A view if possible, otherwise a contiguous copy on the same device, as torch.Tensor.reshape. */
  reshape<S extends internal.ShapeArguments>(...shape: S): TensorOf<D, internal.RankOfArguments<S>>
  /** A view with a dim of size 1 before `dim`, as torch.Tensor.unsqueeze. RangeError if it is out of range. */
  unsqueeze(dim: number): TensorOf<D, internal.OneMore<R>>
  /** A view with two dims swapped, as torch.Tensor.transpose. RangeError if one is out of range. */
  transpose(dim0: number, dim1: number): TensorOf<D, R>
  /**
   * The tensor itself if it is on the device, otherwise a contiguous copy. RangeError if WebAssembly's memory is full;
   * TypeError after dispose().
   */
  to(device: 'js' | 'wasm'): TensorOf<D, R>
  /**
   * Frees the WebAssembly memory of a tensor and its views, as `using` does; none of them can be used after that.
   * Without it, garbage collection does so later.
   */
  dispose(): void
}

/** What explain() returns. */
export class Explanation {
  private constructor()
  readonly shape: readonly number[]
  /** What cosineSimilarity returns. */
  get result(): Tensor<FloatDType>
  /**
   * The working of the output at an index, one number for each dim, computed in float64. RangeError if it is out of
   * bounds or has too many or too few numbers; TypeError if one is not whole.
   */
  at(...index: number[]): Working
}
export interface Working {
  /** The value in `result`. */
  readonly similarity: number
  /** Between the two vectors, in radians. NaN if one of them is zero. */
  readonly angle: number
  /** Σ x1·x2 */
  readonly dot: number
  /** √Σ x1² */
  readonly norm1: number
  /** √Σ x2² */
  readonly norm2: number
  /** max(norm1, eps); dot is divided by it and by clamped2. */
  readonly clamped1: number
  readonly clamped2: number
  readonly terms: Term[]
}
/** One term and the sums up to it. The indices are those in x1 and x2, before broadcasting. */
export type Term = { index1: number[]; index2: number[] } & Record<
  'x1' | 'x2' | 'product' | 'square1' | 'square2' | 'dot' | 'norm1Squared' | 'norm2Squared',
  number
>

/** What the types above are made of. It may change in any release; it is exported because declaration files name it. */
export namespace internal {
  export type FloatName = DTypeName<FloatDType>
  /** PyTorch's other names, which its methods and tensor types have too: x.byte(), ByteTensor. */
  export type Aliases = {
    float16: 'half'
    float32: 'float'
    float64: 'double'
    uint8: 'byte'
    int8: 'char'
    int16: 'short'
    int32: 'int'
    int64: 'long'
  }
  /** Those of ndarray. */
  export type NdarrayNames = { uint8: 'uint8_clamped'; int64: 'bigint64'; uint64: 'biguint64' }
  export type Alias<D> = D extends keyof Aliases ? Aliases[D] : never
  export type Spelling<D extends DType> =
    | `torch.${D | Alias<D>}`
    | Capitalize<D | Alias<D>>
    | (D extends keyof NdarrayNames ? NdarrayNames[D] : never)
  /** Accepted, but not suggested by editors. */
  export type Unlisted<Name extends string> = Name & { readonly length: number }
  export type AnyString = Unlisted<string>
  export type Named<N> = N extends DTypeName ? { [D in DType]: N extends DTypeName<D> ? D : never }[DType] : never

  export type Item<D extends DType> = D extends 'bool' ? boolean : D extends 'int64' | 'uint64' ? bigint : number
  export type Json<D extends DType, R> = Item<D> extends bigint ? NestedList<number | string> : ByRank<D, R>['list']
  export type ArrayByDType = {
    bool: Global<'Uint8Array'>
    uint8: Global<'Uint8Array'> | Global<'Uint8ClampedArray'>
    int8: Global<'Int8Array'>
    int16: Global<'Int16Array'>
    int32: Global<'Int32Array'>
    int64: Global<'BigInt64Array', TypedArray & ArrayLike<bigint>>
    uint16: Global<'Uint16Array'>
    uint32: Global<'Uint32Array'>
    uint64: Global<'BigUint64Array', TypedArray & ArrayLike<bigint>>
    float16: Global<'Float16Array'> | Global<'Uint16Array'>
    float32: Global<'Float32Array'>
    float64: Global<'Float64Array'>
  }
  export type DTypeByClass = {
    Int8Array: 'int8'
    Uint8Array: 'uint8'
    Uint8ClampedArray: 'uint8'
    Int16Array: 'int16'
    Uint16Array: 'uint16'
    Int32Array: 'int32'
    Uint32Array: 'uint32'
    BigInt64Array: 'int64'
    BigUint64Array: 'uint64'
    Float16Array: 'float16'
    Float32Array: 'float32'
    Float64Array: 'float64'
  }
  export type FloatArray = TypedArray<'Float16Array' | 'Uint16Array' | 'Float32Array' | 'Float64Array'>

  /* What the configured `lib` may lack. Since TypeScript 5.7 `of` makes arrays over an ArrayBuffer, never shared ones. */
  export type Global<Name extends string, Otherwise = never> = typeof globalThis extends {
    [N in Name]: { of(...items: never[]): infer Made }
  }
    ? Made
    : Otherwise
  export type TensorClass = (abstract new (
    ...never: never
  ) => TensorOf<DType>) & {
    [Symbol.hasInstance](x: unknown): x is Tensor
  }
  export type MaybeDisposable = { [S in SymbolConstructor[keyof SymbolConstructor & 'dispose'] & symbol]: () => void }
  export type MaybeAsyncDisposable = {
    [S in SymbolConstructor[keyof SymbolConstructor & 'asyncDispose'] & symbol]: () => Promise<void>
  }
  /** An async iterable or a ReadableStream of chunks. */
  export type Chunks = { getReader(): unknown } | AsyncIterableLike
  export type AsyncIteratorSymbol = SymbolConstructor[keyof SymbolConstructor & 'asyncIterator'] & symbol
  export type AsyncIterableLike = [AsyncIteratorSymbol] extends [never]
    ? never
    : { [S in AsyncIteratorSymbol]: () => { next(): Promise<{ value?: unknown }> } }
  /** Rules out what is passed by mistake: bytes, a promise, an instance. */
  export type CompiledModule = object & Partial<Record<'byteLength' | 'then' | 'exports', undefined>>

  export type Sizes = ArrayLike<number> | readonly []
  /** As ONNX Runtime, transformers.js and ndarray declare theirs. */
  export type DeclaredTensor = { readonly data: { readonly length: number }; readonly size: number } & (
    | { readonly dims: Sizes; readonly type: string }
    | { readonly shape: Sizes; readonly dtype: string }
  )
  /** As Apache Arrow, ml-matrix, mathjs, numjs and DuckDB declare theirs. Their types do not tell dtype and rank. */
  export type Container =
    | { readonly type: { readonly typeId: number }; readonly data: readonly unknown[]; readonly nullCount: number }
    | { to2DArray(): readonly (readonly number[])[] }
    | { storage(): string; size(): readonly number[]; valueOf(): unknown }
    | { readonly selection: { readonly data: unknown; readonly shape: Sizes; readonly stride: Sizes } }
    | { readonly items: readonly unknown[] }
  /** As TensorFlow.js declares its. */
  export type LazyTensor = { dataSync(): { readonly length: number }; readonly shape: Sizes; readonly dtype: string }

  /*
   * The dtype and rank of an argument, if its type tells them. A union leaves them open, and `any` stays any: only for
   * any is `0 extends 1 & T` true.
   */
  export type Rank = 0 | 1 | 2 | 3 | 4
  export type OneMore<R> = 0 extends 1 & R ? R & number : R extends 0 | 1 | 2 | 3 ? [1, 2, 3, 4][R] : number
  export type Single<T, Open, All = T> = T extends All ? ([All] extends [T] ? T : Open) : never
  /** What a list holds, and how deep: [number, 2] for number[][]. */
  export type Leaf<T, R = 0> = 0 extends 1 & T ? [T, R] : T extends readonly (infer E)[] ? LeafOfList<E, R> : [T, R]
  export type LeafOfList<E, R> = R extends 4 ? [unknown, number] : Leaf<Widened<E>, OneMore<R>>
  /** One number for a thousand literals, and for the elements of []. */
  export type Widened<E> = 0 extends 1 & E ? E : [E] extends [number] ? number : E

  export type DTypeOf<T> = 0 extends 1 & T ? DType : Single<DTypeOfLeaf<Leaf<T>[0]>, DType>
  export type DTypeOfLeaf<L> = 0 extends 1 & L ? DType : L extends Scalar ? DTypeOfScalar<L> : DTypeOfObject<L>
  export type Scalar = number | boolean | bigint
  export type DTypeOfScalar<L> = L extends number ? 'float32' : L extends boolean ? 'bool' : 'int64'
  export type DTypeOfObject<L> =
    L extends TypedArray<infer Name>
      ? DTypeByClass[Name]
      : L extends { readonly dtype: infer N extends string } | { readonly type: infer N extends string }
        ? DTypeNamed<N, L>
        : DTypeOfData<L>
  export type DTypeNamed<N, L> = N extends DTypeName ? Named<N> : string extends N ? DType : DTypeOfData<L>
  export type DTypeOfData<L> = L extends { readonly data: infer Data } ? DTypeOf<Data> : DType
  export type ResultDType<F, A, B> = [F] extends [never] ? Widest<DTypeOf<A> | DTypeOf<B>> : Named<F> & FloatDType
  export type Widest<D> = [DType] extends [D]
    ? FloatDType
    : 'float64' extends D
      ? 'float64'
      : 'float32' extends D
        ? 'float32'
        : 'float16' extends D
          ? 'float16'
          : FloatDType

  export type RankOf<T> = 0 extends 1 & T ? T & number : Single<RankOfLeaf<Leaf<T>>, number>
  export type RankOfLeaf<P> = P extends [infer L, infer R] ? (0 extends 1 & L ? L & number : RankOfItem<L, R>) : never
  export type RankOfItem<L, R> = L extends Scalar
    ? R & number
    : L extends TypedArray
      ? OneMore<R>
      : L extends { readonly shape: infer S } | { readonly dims: infer S }
        ? Stacked<RankOfShape<S>, R>
        : number
  /** In a list a tensor of shape (1, D) counts as a row, so the rank of a list of matrices is open. */
  export type Stacked<N, R> = R extends 0 ? N & number : N extends 0 ? R & number : N extends 1 ? OneMore<R> : number
  export type RankOfShape<S> = S extends { readonly length: infer N } ? (0 extends 1 & N ? N : Known<N>) : number
  export type Known<N> = N extends Rank ? N : number
  export type RankOfTensor<T, S> = [S] extends [never] ? RankOf<T> : RankOfShape<S> & number
  export type ShapeArguments = number[] | [readonly number[] | readonly []]
  export type RankOfArguments<S> = RankOfShape<S extends readonly [infer List extends Sizes] ? List : S> & number
  export type Reduced<R> = 0 extends 1 & R
    ? R & number
    : number extends R
      ? number
      : 4 extends R
        ? 3
        : 3 extends R
          ? 2
          : 2 extends R
            ? 1
            : 0
  export type QueryRank<R> = 0 extends 1 & R ? R & number : R extends 1 | 2 ? R : number

  export type ByRank<D extends DType, R> = 0 extends 1 & R
    ? { shape: R & readonly number[]; list: R; row: R }
    : R extends Rank
      ? Ranked<D>[R]
      : { shape: readonly number[]; list: NestedList<Item<D>>; row: Item<D> | TensorOf<D> }
  export type Ranked<D extends DType> = {
    0: { shape: readonly []; list: Item<D>; row: Item<D> }
    1: { shape: readonly [number]; list: Item<D>[]; row: Item<D> }
    2: { shape: readonly [number, number]; list: Item<D>[][]; row: TensorOf<D, 1> }
    3: { shape: readonly [number, number, number]; list: Item<D>[][][]; row: TensorOf<D, 2> }
    4: { shape: readonly [number, number, number, number]; list: Item<D>[][][][]; row: TensorOf<D, 3> }
  }
}
