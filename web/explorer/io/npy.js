/**
 * Reads NumPy's .npy files, versions 1 to 3: a header written as a Python dict, then the elements' bytes. Knows archives
 * too, to say what to do with them.
 */
import { tensor } from 'cosdim'
import { cellOf, readElement } from '../model/numbers.js'
import { drawableSizes, indexesOf, MAX_RANK, Unreadable } from '../model/tensors.js'

const MAGIC = '\x93NUMPY'

/** NumPy's dtypes, with the package's names and the arrays that hold them. float16 is read as bits. */
const DTYPES = {
  '|b1': ['bool', Uint8Array],
  '|i1': ['int8', Int8Array],
  '|u1': ['uint8', Uint8Array],
  '<i2': ['int16', Int16Array],
  '<u2': ['uint16', Uint16Array],
  '<i4': ['int32', Int32Array],
  '<u4': ['uint32', Uint32Array],
  '<i8': ['int64', BigInt64Array],
  '<u8': ['uint64', BigUint64Array],
  '<f2': ['float16', Uint16Array],
  '<f4': ['float32', Float32Array],
  '<f8': ['float64', Float64Array],
}

const latin = (bytes) => String.fromCharCode(...bytes)

/** @param {ArrayBuffer} buffer */
export const isNpy = (buffer) => latin(new Uint8Array(buffer, 0, Math.min(MAGIC.length, buffer.byteLength))) === MAGIC

const ZIP = 'PK\x03\x04'

/**
 * Refuses an archive. NumPy's .npz is one, with .npy files inside; so are PyTorch's files and spreadsheets.
 * @param {ArrayBuffer} buffer
 * @throws {Unreadable}
 */
export function refuseArchive(buffer) {
  const start = latin(new Uint8Array(buffer, 0, Math.min(400, buffer.byteLength)))
  if (!start.startsWith(ZIP)) return
  const length = new DataView(buffer).getUint16(26, true)
  const [, name] = start.slice(30, 30 + length).match(/^(.+)\.npy$/) ?? []
  throw new Unreadable((t) => (name ? t('npy.archive', name) : t('file.binary')))
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {import('./pasted.js').Taken}
 * @throws {Unreadable}
 */
export function readNpy(buffer) {
  const { descr, isFortran, shape, start } = header(buffer)
  const [dtype, TypedArray] = DTYPES[descr] ?? []
  if (!dtype) throw new Unreadable((t) => t('npy.dtype', descr, Object.keys(DTYPES)))
  const count = shape.reduce((product, size) => product * size, 1)
  if (shape.length > MAX_RANK) throw new Unreadable((t) => t('tensor.tooDeep', MAX_RANK))
  if (count === 0) throw new Unreadable((t) => t('paste.nothing'))
  const bytes = count * TypedArray.BYTES_PER_ELEMENT
  if (buffer.byteLength < start + bytes) throw new Unreadable((t) => t('npy.short', bytes, buffer.byteLength - start))
  const data = new TypedArray(buffer.slice(start, start + bytes))
  const sizes = drawableSizes(shape)
  const taken = tensor({ data, dtype, shape: sizes, strides: strides(shape, isFortran) })
  const short = dtype === 'float32' || dtype === 'float16'
  const indexes = indexesOf(sizes)
  const elements = /** @type {unknown[]} */ ([taken.tolist()]).flat(Infinity)
  const cells = elements.map((value, i) => {
    const text = short ? shortest(value) : `${Number(value)}`
    const { problem } = readElement(text)
    if (problem) throw new Unreadable((t) => t('npy.cell', indexes[i], problem(t)))
    return cellOf(text)
  })
  return { shape: sizes, cells, said: `${sizes}` === `${shape}` ? [] : [(t) => t('paste.first', sizes, shape)] }
}

function header(buffer) {
  const view = new DataView(buffer)
  const fail = new Unreadable((t) => t('npy.header'))
  if (!isNpy(buffer) || buffer.byteLength < 12) throw fail
  const isLong = view.getUint8(MAGIC.length) > 1
  const at = isLong ? 12 : 10
  const length = isLong ? view.getUint32(8, true) : view.getUint16(8, true)
  if (at + length > buffer.byteLength) throw fail
  const text = latin(new Uint8Array(buffer, at, Math.min(length, 10_000)))
  const [, fields] = text.match(/'descr'\s*:\s*\[(.*?)\]/) ?? []
  if (fields)
    throw new Unreadable((t) =>
      t(
        'npy.structured',
        [...fields.matchAll(/\('([^']*)'/g)].map(([, one]) => one),
      ),
    )
  const [, descr] = text.match(/'descr'\s*:\s*'([^']*)'/) ?? []
  const [, order] = text.match(/'fortran_order'\s*:\s*(True|False)/) ?? []
  const [, sizes] = text.match(/'shape'\s*:\s*\(([\d,\sL]*)\)/) ?? []
  if (descr === undefined || order === undefined || sizes === undefined) throw fail
  const shape = (sizes.match(/\d+/g) ?? []).map(Number)
  return { descr: descr.replace(/^[<>=](?=[bui]1$)/, '|'), isFortran: order === 'True', shape, start: at + length }
}

/** Strides in elements. The first axis is contiguous in Fortran order, the last in C order. */
function strides(shape, isFortran) {
  const order = shape.map((_, axis) => axis)
  if (!isFortran) order.reverse()
  const steps = []
  let step = 1
  for (const axis of order) {
    steps[axis] = step
    step *= shape[axis]
  }
  return steps
}

/** The shortest text that reads back as the same float32. */
function shortest(value) {
  const precise = Array.from({ length: 9 }, (_, i) => Number(value.toPrecision(i + 1)))
  return `${precise.find((one) => Math.fround(one) === value) ?? value}`
}
