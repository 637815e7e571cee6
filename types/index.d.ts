/**
 * cosdim: PyTorch's cosine similarity for JavaScript. Every public function is documented here.
 *
 * Error messages begin with PyTorch's or SciPy's own sentence. A RangeError means a bad shape, dim, eps or k; a TypeError
 * means a value of the wrong kind, a dtype that does not fit, or an option that does not exist.
 */

/** The element types, by PyTorch's names. */
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
/** The dtypes that a similarity can have. */
export type FloatDType = 'float16' | 'float32' | 'float64'
/** A dtype as an option takes it: also `float`, `double`, `half`, `torch.float32` and `Float32`. */
export type DTypeName<D extends DType = DType> =
  | D
  | internal.Alias<D>
  | internal.Unlisted<`torch.${D | internal.Alias<D>}` | Capitalize<D>>

/**
 * Cosine similarity along one dim: Σ x1·x2 / (max(‖x1‖, eps) · max(‖x2‖, eps)), as torch.nn.functional.cosine_similarity.
 * The inputs are broadcast first. The result has their common shape without `dim`, is never outside [-1, 1], and has the
 * wider of their dtypes. An integer input is cast to the other's dtype; for two of them, pass `dtype`.
 * @example cosineSimilarity(a, b, { dim: -1 }).item() // of two vectors
 * @example cosineSimilarity(documents, query).tolist() // (N, D) and (D,) give (N,)
 * @throws RangeError if the shapes do not broadcast, or for a dim out of range (of two vectors the default is), a negative
 *   eps, or an `out` of another shape. TypeError if no input is floating and there is no `dtype`.
 */
export function cosineSimilarity<A extends TensorLike, B extends TensorLike, F extends internal.FloatName = never>(
  x1: A,
  x2: B,
  options?: SimilarityOptions<F>,
): Tensor<internal.ResultDType<F, A, B>, internal.Reduced<internal.RankOf<A> | internal.RankOf<B>>>

/**
 * The cosine similarity of every row of x1 with every row of x2, as
 * torch.nn.functional.cosine_similarity(x1[:, None], x2[None], dim=-1), which needs no memory but the result's.
 * @param x1 of shape (N, D)
 * @param x2 of shape (M, D); x1 by default
 * @returns of shape (N, M)
 * @throws RangeError for other shapes, a negative eps, or an `out` of another shape
 */
export function pairwiseCosineSimilarity<
  A extends TensorLike,
  B extends TensorLike = A,
  F extends internal.FloatName = never,
>(x1: A, x2?: B | undefined, options?: PairwiseOptions<F>): Tensor<internal.ResultDType<F, A, B>, 2>

/**
 * The same to the bit, in slices of 10 ms between which the event loop runs. Progress counts rows of x1. Do not change the
 * inputs or `out` until it settles. It rejects with the signal's reason after an abort.
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
 * The k rows of the corpus most similar to each query, sorted as torch.topk sorts: the largest first, NaN before all. Of
 * equal rows the lower index comes first, which PyTorch leaves open.
 * @param query of shape (D,), or (Q, D) for several queries
 * @param corpus of shape (N, D)
 * @param k from 0 to N
 * @returns values and row indices, of shape (k,) or (Q, k)
 * @example const { values, indices } = topkCosineSimilarity(query, documents, 10)
 * @throws RangeError for other shapes, a k out of range or a negative eps. TypeError for a k that is not a whole number.
 */
export function topkCosineSimilarity<A extends TensorLike, B extends TensorLike, F extends internal.FloatName = never>(
  query: A,
  corpus: B,
  k: number,
  options?: TopkOptions<F>,
): TopkResult<internal.ResultDType<F, A, B>, internal.QueryRank<internal.RankOf<A>>>

/**
 * The same to the bit, in slices of 10 ms between which the event loop runs. Progress counts rows of the corpus. Do not
 * change the inputs until it settles. It rejects with the signal's reason after an abort.
 */
export function topkCosineSimilarityAsync<
  A extends TensorLike,
  B extends TensorLike,
  F extends internal.FloatName = never,
>(
  query: A,
  corpus: B,
  k: number,
  options?: TopkOptions<F> & AsyncOptions,
): Promise<TopkResult<internal.ResultDType<F, A, B>, internal.QueryRank<internal.RankOf<A>>>>

/**
 * Cosine distance of two vectors, 1 − Σ w·u·v / √(Σ w·u² · Σ w·v²), as scipy.spatial.distance.cosine: in [0, 2], or NaN if
 * one of them is zero. Computed in float64; lists are read as float64.
 * @param u of shape (D,)
 * @param v of shape (D,)
 * @throws RangeError for other shapes or a negative weight
 */
export function cosineDistance(u: TensorLike, v: TensorLike, options?: DistanceOptions): number

/**
 * The similarities of one target with N vectors, turned into a distribution.
 * @param target of shape (D,) or (1, D)
 * @param behaviored of shape (N, D)
 * @returns of shape (N,)
 * @throws RangeError for other shapes
 */
export function attentionDistribution<A extends TensorLike, B extends TensorLike>(
  target: A,
  behaviored: B,
  options?: AttentionOptions,
): Tensor<internal.ResultDType<never, A, B>, 1>

/**
 * The working behind each output of cosineSimilarity(x1, x2, { dim, eps }): terms, sums, norms and angle.
 * @throws as cosineSimilarity
 */
export function explain(x1: TensorLike, x2: TensorLike, options?: ExplainOptions): Explanation

/**
 * A tensor over `data`, as torch.as_tensor. A typed array is wrapped, not copied. Numbers become float32, booleans bool,
 * BigInts int64. A list of vectors is stacked, as torch.stack.
 * @example tensor(new Float32Array(1000 * 768), { shape: [1000, 768] })
 * @throws RangeError for ragged lists, a shape that does not fit, or a number too large for the dtype. TypeError for
 *   anything that is not a number, or data that is not of the `dtype`.
 */
export function tensor<T extends TensorLike, N extends DTypeName = never, S extends internal.Sizes = never>(
  data: T,
  options?: TensorOptions<N, S>,
): Tensor<[N] extends [never] ? internal.DTypeOf<T> : internal.Named<N>, internal.RankOfTensor<T, S>>

/**
 * Compiles the WebAssembly module ahead of the first call, which otherwise does it synchronously. Browsers that refuse that
 * on the main thread need it. With `module` nothing is compiled.
 */
export function init(options?: InitOptions): Promise<void>

/** The bytes of WebAssembly memory: all that there are, and those that tensors use. It never shrinks, but is used again. */
export function memoryUsage(): { total: number; used: number }

/** Options may be undefined, which means the default. Any other option is a TypeError. */
export interface SimilarityOptions<F extends internal.FloatName = FloatDType> extends PairwiseOptions<F> {
  /** The dim to reduce, counted in the common shape; negative dims count from the end. The default is 1, as in PyTorch. */
  readonly dim?: number | undefined
}
export interface PairwiseOptions<F extends internal.FloatName = FloatDType> extends TopkOptions<F> {
  /** Takes the result and becomes its `data`: an array, or contiguous tensor, of its dtype that no input shares. */
  readonly out?: internal.FloatArray | Tensor<FloatDType> | undefined
}
export interface TopkOptions<F extends internal.FloatName = FloatDType> {
  /** The least value of a norm in the division; not negative. The default is 1e-8. */
  readonly eps?: number | undefined
  /** The dtype that both inputs are cast to first, as torch.sum's. Lists are read as it. */
  readonly dtype?: F | undefined
}
export interface AsyncOptions {
  /** An AbortSignal. */
  readonly signal?: { readonly aborted: boolean; readonly reason?: unknown } | undefined
  /** Called after each slice. */
  readonly onProgress?: ((progress: { done: number; total: number }) => void) | undefined
}
export interface DistanceOptions {
  /** Of shape (D,), none negative; all 1 by default. */
  readonly weights?: TensorLike | undefined
}
export interface AttentionOptions {
  /** Divide by the sum, the default, or by softmax. A sum of 0 gives NaN or infinities, as in PyTorch. */
  readonly normalize?: 'sum' | 'softmax' | undefined
}
export interface ExplainOptions extends Pick<SimilarityOptions, 'dim' | 'eps'> {}
export interface TensorOptions<N extends DTypeName = DType, S extends internal.Sizes = readonly number[]> {
  /** What the data is: it tells bool from uint8, and float16 bits from uint16. For numbers, what they become. */
  readonly dtype?: N | undefined
  /** One size may be -1, as in Tensor.view. */
  readonly shape?: S | undefined
}
export interface InitOptions {
  /** A compiled WebAssembly.Module: from a worker's parent, or on Cloudflare Workers `cosdim/cosdim.wasm`. */
  readonly module?: internal.CompiledModule | undefined
}
export interface TopkResult<D extends FloatDType = FloatDType, R extends number = number> {
  values: Tensor<D, R>
  indices: Tensor<'int32', R>
}

/**
 * What every function takes: a number, lists nested to any depth, a typed array, a tensor of this or another library, any
 * `{ data, shape }`, and lists of all these. Lists become float32, or the `dtype` asked for.
 */
export type TensorLike = number | TensorObject | TensorList
export type TensorList = readonly (number | boolean | bigint | TensorObject | TensorList)[]
export type TensorObject = TypedArray | Descriptor | internal.DeclaredTensor | internal.LazyTensor

/** A tensor as its data and shape. Strides and offset count elements. */
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

/** Any typed array; Float16Array, BigInt64Array and BigUint64Array too, where the configured `lib` has them. */
export interface TypedArray<Name extends keyof internal.DTypeByClass = keyof internal.DTypeByClass> {
  readonly [Symbol.toStringTag]: Name
  readonly length: number
  readonly buffer: ArrayBufferLike
  readonly byteOffset: number
  readonly byteLength: number
}

/** The class of tensors, for `instanceof`. Make one with tensor(). */
export const Tensor: (abstract new (...never: never) => Tensor) & { [Symbol.hasInstance](x: unknown): x is Tensor }
/**
 * A strided view of a typed array. `t.dtype` tells the members apart: `if (t.dtype === 'int64') t.item() // bigint`.
 * R is the number of dims, where TypeScript can tell it from the arguments; `number` otherwise.
 */
export type Tensor<D extends DType = DType, R extends number = number> = { [K in D]: TensorOf<K, R> }[D]

/** A tensor of one dtype. It is immutable, but for its elements. */
export interface TensorOf<D extends DType, R extends number = number> extends internal.MaybeDisposable {
  readonly dtype: D
  /** The elements; of a view, all of what it views. On the wasm device a fresh copy. float16 may be its bits. */
  readonly data: internal.ArrayByDType[D]
  readonly shape: internal.ByRank<D, R>['shape']
  /** The distance between neighbors along each dim, in elements. */
  readonly strides: readonly number[]
  /** The position in `data` of the first element. */
  readonly offset: number
  /** `wasm` if the elements are in WebAssembly memory and used in place, `js` if they are copied there on every call. */
  readonly device: 'js' | 'wasm'
  /** The size of dim 0, as len(x). */
  readonly length: number
  /** The size of one dim; negative dims count from the end. As torch.Tensor.size; RangeError for a dim out of range. */
  size(dim: number): number
  /** The only element: a bigint for int64 and uint64, a boolean for bool. As torch.Tensor.item; RangeError unless one. */
  item(): internal.Item<D>
  /** The elements as nested arrays; of a 0-d tensor, the element. As torch.Tensor.tolist. */
  tolist(): internal.ByRank<D, R>['list']
  /** tolist(), for JSON.stringify, which writes NaN and infinities as null and throws for a bigint. */
  toJSON(): internal.ByRank<D, R>['list']
  /** As torch prints it. */
  toString(): string
  /** Along dim 0: the numbers of a vector, or views of the rows. As iterating a torch.Tensor. */
  [Symbol.iterator](): IterableIterator<internal.ByRank<D, R>['row']>
  /** A 0-d tensor becomes its number where one is wanted. TypeScript wants Number(t) or t.item() there. */
  [Symbol.toPrimitive](hint: string): internal.Item<D> | string
  /** The same data in another shape, one size of which may be -1. As torch.Tensor.view; RangeError if that needs a copy. */
  view<S extends internal.ShapeArguments>(...shape: S): TensorOf<D, internal.RankOfArguments<S>>
  /** As view, with a copy where it needs one. As torch.Tensor.reshape. */
  reshape<S extends internal.ShapeArguments>(...shape: S): TensorOf<D, internal.RankOfArguments<S>>
  /** A view with a dim of size 1 inserted before `dim`. As torch.Tensor.unsqueeze. */
  unsqueeze(dim: number): TensorOf<D, internal.OneMore<R>>
  /** A view with two dims swapped. As torch.Tensor.transpose. */
  transpose(dim0: number, dim1: number): TensorOf<D, R>
  /** A contiguous copy on another device, or the tensor itself if it is there. RangeError if WebAssembly's memory is full. */
  to(device: 'js' | 'wasm'): TensorOf<D, R>
  /** Frees the memory of a tensor on the wasm device and of its views; garbage collection does so later. */
  dispose(): void
}

/** What explain() returns. */
export class Explanation {
  private constructor()
  /** The result's shape. */
  readonly shape: readonly number[]
  /** What cosineSimilarity returns. */
  get result(): Tensor<FloatDType>
  /** The working of one output, an index for each dim. RangeError if there is no such output. */
  at(...index: number[]): Working
}
export interface Working {
  /** As in the result. */
  readonly similarity: number
  /** Between the two vectors, in radians; NaN if one of them is zero. */
  readonly angle: number
  /** Σ x1·x2 */
  readonly dot: number
  readonly norm1: number
  readonly norm2: number
  /** max(norm1, eps) and max(norm2, eps), by which dot is divided. */
  readonly clamped1: number
  readonly clamped2: number
  readonly terms: Term[]
}
/** One term: its elements, their products, the sums so far, and where the elements are in x1 and x2 before broadcasting. */
export interface Term {
  index1: number[]
  index2: number[]
  x1: number
  x2: number
  product: number
  square1: number
  square2: number
  dot: number
  norm1Squared: number
  norm2Squared: number
}

/**
 * What the declarations above are made of, and none of the package's interface. It is exported for the declaration files of
 * those who use them.
 */
export namespace internal {
  export type FloatName = DTypeName<FloatDType>
  export type Alias<D> = D extends keyof Aliases ? Aliases[D] : never
  export type Aliases = { float16: 'half'; float32: 'float'; float64: 'double' }
  /** A name that is taken, but that editors do not suggest. */
  export type Unlisted<Name extends string> = Name & { readonly length: number }
  export type AnyString = Unlisted<string>
  export type Named<N> = N extends DTypeName ? { [D in DType]: N extends DTypeName<D> ? D : never }[DType] : never

  /* What a dtype is held in. The configured `lib` may lack classes that the engine has. */
  export type Item<D extends DType> = D extends 'bool' ? boolean : D extends 'int64' | 'uint64' ? bigint : number
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
  /** What a global typed array's `of` makes: since TypeScript 5.7 an array over an ArrayBuffer. */
  export type Global<Name extends string, Otherwise = never> = typeof globalThis extends {
    [N in Name]: { of(...items: never[]): infer Made }
  }
    ? Made
    : Otherwise
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
  export type MaybeDisposable = { [S in SymbolConstructor[keyof SymbolConstructor & 'dispose'] & symbol]: () => void }
  /** An object, but not the bytes, the promise or the instance that are passed by mistake. */
  export type CompiledModule = object & {
    readonly byteLength?: undefined
    readonly then?: undefined
    readonly exports?: undefined
  }

  /* Tensors as other libraries declare them: ONNX Runtime, transformers.js and ndarray; TensorFlow.js. */
  export type Sizes = ArrayLike<number> | readonly []
  export type DeclaredTensor = { readonly data: { readonly length: number }; readonly size: number } & (
    | { readonly dims: Sizes; readonly type: string }
    | { readonly shape: Sizes; readonly dtype: string }
  )
  export type LazyTensor = { dataSync(): { readonly length: number }; readonly shape: Sizes; readonly dtype: string }

  /*
   * The dtype and rank of an argument, where its type tells them. `any` stays any; of a union they are unknown. Left counts
   * how deep lists are looked into, for types that contain themselves.
   */
  export type Any<T, Then, Else> = 0 extends 1 & T ? Then : Else
  export type Single<T, Unknown, All = T> = T extends All ? ([All] extends [T] ? T : Unknown) : never
  export type Levels = [1, 2, 3, 4]
  export type DTypeOf<T, Left = Levels> = Any<T, DType, Single<DTypeIn<T, Left>, DType>>
  export type DTypeIn<T, Left> = T extends number
    ? 'float32'
    : T extends boolean
      ? 'bool'
      : T extends bigint
        ? 'int64'
        : T extends TypedArray<infer Name>
          ? DTypeByClass[Name]
          : T extends readonly (infer E)[]
            ? DTypeOfList<E, Left>
            : T extends { readonly dtype: infer N } | { readonly type: infer N }
              ? [Named<N>] extends [never]
                ? DTypeOfData<T>
                : Named<N>
              : DTypeOfData<T>
  export type DTypeOfData<T> = T extends { readonly data: infer Data } ? DTypeOf<Data> : DType
  export type DTypeOfList<E, Left> = [E] extends [never]
    ? 'float32'
    : Left extends [unknown, ...infer Rest]
      ? DTypeOf<E, Rest>
      : DType
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

  export type RankOf<T, Left = Levels> = Any<T, T & number, Single<RankIn<T, Left>, number>>
  export type RankIn<T, Left> = T extends number | boolean | bigint
    ? 0
    : T extends TypedArray
      ? 1
      : T extends readonly (infer E)[]
        ? RankOfList<E, Left>
        : T extends { readonly shape: infer S } | { readonly dims: infer S }
          ? RankOfShape<S>
          : number
  export type RankOfList<E, Left> = [E] extends [never]
    ? 1
    : Left extends [unknown, ...infer Rest]
      ? OneMore<E extends readonly unknown[] ? RankOf<E, Rest> : RankOfRow<RankOf<E>>>
      : number
  /** Of a tensor in a list, where (1, D) counts as a row. */
  export type RankOfRow<R> = R extends 0 | 1 ? R : number
  export type RankOfShape<S> = S extends { readonly length: infer R }
    ? Any<R, R & number, R extends Rank ? R : number>
    : number
  export type RankOfArguments<S extends ShapeArguments> = S extends readonly [infer List extends Sizes]
    ? RankOfShape<List>
    : RankOfShape<S>
  export type RankOfTensor<T, S> = [S] extends [never] ? RankOf<T> : RankOfShape<S>
  export type ShapeArguments = readonly number[] | readonly [Sizes]
  export type Rank = 0 | 1 | 2 | 3 | 4
  export type OneMore<R> = Any<R, R & number, R extends 0 | 1 | 2 | 3 ? Levels[R] : number>
  export type Reduced<R> = Any<
    R,
    R & number,
    number extends R ? number : 4 extends R ? 3 : 3 extends R ? 2 : 2 extends R ? 1 : 0
  >
  export type QueryRank<R> = Any<R, R & number, R extends 1 | 2 ? R : number>

  /* What depends on the rank. */
  export type ByRank<D extends DType, R> = Any<
    R,
    { shape: R; list: R; row: R },
    R extends Rank ? Ranked<D>[R] : { shape: readonly number[]; list: NestedList<Item<D>>; row: Item<D> | TensorOf<D> }
  >
  export type NestedList<T> = T | NestedList<T>[]
  export type Ranked<D extends DType> = {
    0: { shape: readonly []; list: Item<D>; row: never }
    1: { shape: readonly [number]; list: Item<D>[]; row: Item<D> }
    2: { shape: readonly [number, number]; list: Item<D>[][]; row: TensorOf<D, 1> }
    3: { shape: readonly [number, number, number]; list: Item<D>[][][]; row: TensorOf<D, 2> }
    4: { shape: readonly [number, number, number, number]; list: Item<D>[][][][]; row: TensorOf<D, 3> }
  }
}
