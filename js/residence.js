/** Where a tensor in WebAssembly memory lies; all its views share one of these. */
import { allocate, release, views } from './instance.js'
import { arrayName, copy, makeArray } from './typed-arrays.js'

/** The net under those that nobody disposed of. Made late: importing does nothing. @type {FinalizationRegistry<number>} */
let net

/** Where each of them lies; 0 when it was given back. No property, which anyone could change. @type {WeakMap<Residence, number>} */
const addresses = new WeakMap()

/** Elements that are in WebAssembly memory until it is released. */
export class Residence {
  /**
   * @param {string} array the name of the typed array that holds elements of their kind
   * @param {number} length
   */
  constructor(array, length) {
    this.array = array
    this.length = length
    this.size = views[array].BYTES_PER_ELEMENT
    const address = allocate(length * this.size)
    addresses.set(this, address)
    net ??= new FinalizationRegistry(release)
    net.register(this, address, this)
    Object.freeze(this)
  }

  /** All elements, in a fresh array. */
  copy() {
    const all = views[this.array]
    const elements = makeArray(/** @type {string} */ (arrayName(all)), this.length)
    copy(elements, 0, all, addressOf(this) / this.size, this.length)
    return elements
  }

  /** Gives the memory back; again is no mistake. */
  dispose() {
    const address = addresses.get(this)
    if (!address) return
    net.unregister(this)
    release(address)
    addresses.set(this, 0)
  }
}

/**
 * Where its elements lie. TypeError after dispose, and for what is none.
 * @param {Residence} memory
 */
export function addressOf(memory) {
  const address = addresses.get(memory)
  if (address) return address
  throw new TypeError(
    address === 0
      ? 'This tensor was disposed of: its memory is given back, and that of its views. ' +
          "Call dispose() after the last use, or keep a copy with to('js')."
      : "memory must be that of another tensor on the wasm device. Copy a tensor there with to('wasm').",
  )
}
