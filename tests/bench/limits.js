/** The most that WebAssembly can do on this machine: the probes of probes.c, in their own instance, as contestants. */
import { readFileSync } from 'node:fs'

const bytes = readFileSync(new URL('../../build/probes.wasm', import.meta.url))
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes))
const probes = /** @type {Record<string, any>} */ (exports)
const BASE = (probes.base() + 63) & ~63
const PAGE = 65536
const PATTERN = 1013 // floats

/** Makes room for `bytes` and writes to it, since untouched pages all map to one page of zeros. */
function room(bytes) {
  const end = BASE + bytes + PAGE
  const pages = Math.ceil((end - probes.memory.buffer.byteLength) / PAGE)
  if (pages <= 0) return BASE
  probes.memory.grow(pages)
  const floats = new Float32Array(probes.memory.buffer, BASE)
  // From 1, so that no multiply-add overflows, to 2, so that no pair of them is a subnormal double.
  for (let i = 0; i < PATTERN; i++) floats[i] = 1 + i / PATTERN
  for (let filled = PATTERN; filled < floats.length; filled *= 2) floats.copyWithin(filled, 0, filled)
  return BASE
}

/**
 * A resource: its probes as contestants, by their names.
 * @param {string} prefix which their names have in common
 * @param {...number} parameters which all of them take
 */
function resource(prefix, ...parameters) {
  const forms = Object.keys(probes).filter((name) => name.startsWith(prefix))
  const repeated = (name) => (times) => {
    for (let i = 0; i < times; i++) probes[name](...parameters)
  }
  return Object.fromEntries(forms.map((name) => [name, repeated(name)]))
}

const upTo = (step, amount) => Math.ceil(amount / step) * step

/** Reading `bytes` of each of two operands. */
export function readTwo(bytes) {
  const each = upTo(256, bytes)
  const place = room(2 * each)
  return resource('read_two', place, place + each, each)
}

/** Reading `bytes`. */
export const readOne = (bytes) => resource('read_one', room(upTo(256, bytes)), upTo(256, bytes))

/** `count` multiply-adds of floats. */
export const multiplyAdds = (count) => resource('multiply_add', room(PAGE), Math.ceil(count / 4))

/** A root and a division for each output, in float64, which an accurate cosine needs, or in float32. */
export function roots(outputs, dtype = 'float64') {
  const place = room(PAGE)
  const name = dtype === 'float64' ? 'roots_f64' : 'roots_f32'
  return resource(name, place, place + 16384, place + 32768, upTo(4, outputs))
}

/** Arguments of the module's functions, in c/cosdim.h and c/host/wasm.c. */
const [FLOAT32, KEEP_DTYPE, SCRATCH] = [10, -1, 10]

/** What a pair of Float32Arrays needs at least: both copies, and a call of the module. @param {any[]} operands */
export function copiesAndModule([x1, x2]) {
  const module = new WebAssembly.Module(readFileSync(new URL('../../dist/cosdim.wasm', import.meta.url)))
  const { memory, address, pair } = /** @type {Record<string, any>} */ (new WebAssembly.Instance(module).exports)
  const floats = new Float32Array(memory.buffer)
  const [first, second] = [address(SCRATCH), address(SCRATCH) + x1.byteLength]
  const result = new Float64Array(1)
  return (times) => {
    for (let i = 0; i < times; i++) {
      floats.set(x1, first / 4)
      floats.set(x2, second / 4)
      result[0] = pair(FLOAT32, first, 1, FLOAT32, second, 1, x1.length, 1e-8, KEEP_DTYPE)
    }
  }
}
