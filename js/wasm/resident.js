/** Elements in WebAssembly memory. A tensor there is called resident; it shares one WasmBuffer with its views. */
import { arrayName, copy, makeArray } from '../typed-array-intrinsics.js'
import { allocate, release, views } from './instance.js'

/**
 * Frees buffers that were never disposed, where the engine can tell. Made on first use, since importing does nothing.
 * @type {FinalizationRegistry<number> | undefined}
 */
let registry

/**
 * The address of each buffer, 0 after dispose(). Callers cannot reach it here; they could reach a field.
 * @type {WeakMap<WasmBuffer, number>}
 */
const addresses = new WeakMap()

export class WasmBuffer {
  /**
   * @param {string} array the class of typed array that holds such elements
   * @param {number} length
   */
  constructor(array, length) {
    this.array = array
    this.length = length
    this.size = views[array].BYTES_PER_ELEMENT
    const address = allocate(length * this.size)
    addresses.set(this, address)
    if (typeof FinalizationRegistry === 'function') registry ??= new FinalizationRegistry(release) // not in older Workers
    registry?.register(this, address, this)
    Object.freeze(this)
  }

  /** All elements, in a fresh array. */
  copy() {
    const all = views[this.array]
    const elements = makeArray(/** @type {string} */ (arrayName(all)), this.length)
    copy(elements, 0, all, addressOf(this) / this.size, this.length)
    return elements
  }

  /** Releases the memory. Disposing twice is harmless. */
  dispose() {
    const address = addresses.get(this)
    if (!address) return
    registry?.unregister(this)
    release(address)
    addresses.set(this, 0)
  }
}

/**
 * The address of the elements. TypeError after dispose(), and for anything but a WasmBuffer.
 * @param {WasmBuffer} buffer
 */
export function addressOf(buffer) {
  const address = addresses.get(buffer)
  if (address) return address
  throw new TypeError(
    address === 0
      ? 'This tensor was disposed of: its memory, which its views share, has been released. ' +
          "Call dispose() after the last use, or keep a copy with to('js')."
      : "memory must be that of another tensor on the wasm device. Copy a tensor there with to('wasm').",
  )
}
