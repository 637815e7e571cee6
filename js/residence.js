/** Where a tensor in WebAssembly memory lies; all its views share one of these. */
import { allocate, release, views } from './instance.js'

/** The net under those that nobody disposed of. Made late: importing does nothing. @type {FinalizationRegistry<number>} */
let net

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
    /** 0 when it was given back. */
    this.start = allocate(length * this.size)
    net ??= new FinalizationRegistry(release)
    net.register(this, this.start, this)
  }

  /** TypeError after dispose. */
  check() {
    if (this.start === 0)
      throw new TypeError(
        'This tensor was disposed of: its memory is given back, and that of its views. ' +
          "Call dispose() after the last use, or keep a copy with to('js').",
      )
  }

  /**
   * Where an element is, counted in elements from the memory's start.
   * @param {number} offset
   */
  place(offset) {
    this.check()
    return this.start / this.size + offset
  }

  /** All elements, in a fresh array. */
  copy() {
    return views[this.array].slice(this.place(0), this.place(this.length))
  }

  /** Gives the memory back; again is no mistake. */
  dispose() {
    if (this.start === 0) return
    net.unregister(this)
    release(this.start)
    this.start = 0
  }
}
