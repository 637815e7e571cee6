/** Whole arrays, from and to the bytes of a file. */
import { tensor } from 'cosdim'
import { shown } from '../error-messages.js'
import { elementCount } from '../tensor/strided.js'
import { arrayName, viewAs } from '../typed-array-intrinsics.js'
import { elementsOf, stridesOf } from './elements.js'
import { npyError } from './errors.js'
import { headerLength, parseHeader, writeHeader } from './header.js'

/** @type {typeof import('../../types/npy.js').fromNpy} */
export function fromNpy(source) {
  if (!ArrayBuffer.isView(source) || arrayName(source) !== 'Uint8Array')
    throw new TypeError(
      `fromNpy() takes a Uint8Array or a Buffer, got ${shown(source)}. For files and streams, use npyChunks().`,
    )
  const bytes = viewAs(Uint8Array, source)
  const start = Math.min(headerLength(bytes), bytes.length)
  const header = parseHeader(bytes.subarray(0, start))
  const [wanted, got] = [header.count * header.size, bytes.length - start]
  if (got < wanted) throw npyError('CUT_OFF', wanted, got)
  if (got > wanted) throw npyError('TOO_LONG', wanted)
  return elementsOf(header, header.shape, bytes.slice(start))
}

/** @type {typeof import('../../types/npy.js').toNpy} */
export function toNpy(x) {
  const packed = contiguous(/** @type {any} */ (tensor(x)))
  const { dtype, shape, offset } = packed
  const header = writeHeader(dtype, shape)
  const data = packed.data.subarray(offset, offset + elementCount(shape))
  const elements = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const bytes = new Uint8Array(header.length + elements.length)
  bytes.set(header)
  bytes.set(dtype === 'bool' ? elements.map((x) => Number(x !== 0)) : elements, header.length)
  return bytes
}

/**
 * The tensor, if its elements follow each other, or a copy in which they do. The core orders them, on the wasm device.
 * @param {import('../../types/index.js').Tensor} x
 */
function contiguous(x) {
  if (x.device === 'wasm') return x.to('js')
  const strides = stridesOf(x.shape, false)
  if (x.shape.every((size, dim) => size === 1 || x.strides[dim] === strides[dim])) return x
  const resident = x.to('wasm')
  try {
    return resident.to('js')
  } finally {
    resident.dispose()
  }
}
