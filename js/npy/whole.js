/** Whole arrays, from and to the bytes of a file. */
import { tensor } from 'cosdim'
import { shown } from '../error-messages.js'
import { elementCount } from '../tensor/strided.js'
import { arrayName, makeArray, part, viewAs } from '../typed-array-intrinsics.js'
import { elementsOf } from './elements.js'
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
  const given = /** @type {import('../../types/index.js').Tensor} */ (tensor(x))
  const from = given.view(given.shape) // its fields are right, even if those of an object with the prototype are not
  const header = writeHeader(from.dtype, from.shape)
  const elements = bytesOf(from)
  const bytes = new Uint8Array(header.length + elements.length)
  bytes.set(header)
  bytes.set(from.dtype === 'bool' ? elements.map((byte) => Number(byte !== 0)) : elements, header.length)
  return bytes
}

/**
 * The bytes of all elements, in C order. reshape() brings them into this order, but may leave them equally far apart.
 * @param {import('../../types/index.js').Tensor} x
 * @returns {Uint8Array}
 */
function bytesOf(x) {
  const count = elementCount(x.shape)
  const { data, offset, strides } = /** @type {any} */ (x).to('js').reshape(count)
  const [step] = strides
  if (step === 1) return viewAs(Uint8Array, part(data, offset, count))
  const packed = makeArray(/** @type {string} */ (arrayName(data)), count)
  for (let i = 0; i < count; i++) packed[i] = data[offset + i * step]
  return viewAs(Uint8Array, packed)
}
