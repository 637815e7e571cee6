/**
 * The WebAssembly module as a string of printable characters. Base64 spreads bytes over the borders of characters, which
 * hides what repeats: gzipped, it is a third larger than the module. Here a byte is a character, or two; gzipped, that is
 * 2 % larger.
 *
 * '#' to '|' are 0 to 89. '}' and '~' add 90 and 180 to what follows. '!' stands for the backslash, which a string would
 * escape. FIRST is the byte of '#': from there on lie those that are frequent.
 */
const FIRST = 253

/* What the memory of `decode` holds. */
const LONGEST = 2 * 65536

/** @param {Uint8Array} bytes */
export function encode(bytes) {
  let text = ''
  for (const byte of bytes) {
    const value = (byte - FIRST) & 255
    const code = 35 + (value % 90)
    text += ['', '}', '~'][Math.floor(value / 90)] + (code === 92 ? '!' : String.fromCharCode(code))
  }
  if (text.length > LONGEST) throw new Error(`The text of the module has ${text.length} characters, of ${LONGEST}.`)
  return text
}

/**
 * This function is published, as its own text: it refers to nothing outside.
 *
 * It loops in WebAssembly, which engines compile at once. They interpret JavaScript at first, which takes a millisecond
 * or two, and compile it while the module should be compiled, which takes as long again. This is the loop:
 *
 *   (memory (export "memory") 2 2)
 *   (func (export "unpack") (param $end i32) (local $from i32) (local $to i32) (local $added i32) (local $code i32)
 *     loop
 *       (local.tee $code (i32.load8_u (local.get $from)))
 *       (if (i32.gt_u (i32.const 124))
 *         (then
 *           (local.set $added
 *             (i32.add (local.get $added) (i32.mul (i32.sub (local.get $code) (i32.const 124)) (i32.const 90)))))
 *         (else
 *           (i32.store8 (local.get $to)
 *             (i32.add
 *               (i32.add (local.get $added) (i32.const 218)) ;; FIRST - 35
 *               (select (i32.const 92) (local.get $code) (i32.eq (local.get $code) (i32.const 33)))))
 *           (local.set $added (i32.const 0))
 *           (local.set $to (i32.add (local.get $to) (i32.const 1)))))
 *       (local.tee $from (i32.add (local.get $from) (i32.const 1)))
 *       (br_if 0 (i32.lt_u (local.get $end)))
 *     end)
 * @param {string} text
 * @param {number} length of the module
 */
export function decode(text, length) {
  const loop =
    '0061736d0100000001050160017f0003020100050401010202071302066d656d6f7279020006756e7061636b00000a5501530104' +
    '7f034020012d0000220441fc004b04402003200441fc006b41da006c6a2103052002200341da016a41dc00200420044121461b6a' +
    '3a000041002103200241016a21020b200141016a22012000490d000b0b'
  const { exports } = new WebAssembly.Instance(
    new WebAssembly.Module(Uint8Array.from(loop.match(/../g) ?? [], (hex) => parseInt(hex, 16))),
  )
  const { memory, unpack } = /** @type {any} */ (exports)
  const bytes = new Uint8Array(memory.buffer)
  // jsdom has no TextEncoder.
  bytes.set(globalThis.TextEncoder ? new TextEncoder().encode(text) : Uint8Array.from(text, (c) => c.charCodeAt(0)))
  unpack(text.length)
  return bytes.subarray(0, length)
}
