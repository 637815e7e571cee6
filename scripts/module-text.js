/**
 * The WebAssembly module as a string of printable characters. Base64 spreads bytes over the borders of characters, which
 * hides what repeats: gzipped, it is a third larger than the module. Here a byte is a character, or two; gzipped, that is
 * 2 % larger.
 *
 * '#' to '|' are 0 to 89. '}' and '~' add 90 and 180 to what follows. '!' stands for the backslash, which a string would
 * escape. FIRST is the byte of '#': from there on lie those that are frequent.
 */
const FIRST = 253

/** @param {Uint8Array} bytes */
export function encode(bytes) {
  let text = ''
  for (const byte of bytes) {
    const value = (byte - FIRST) & 255
    const code = 35 + (value % 90)
    text += ['', '}', '~'][Math.floor(value / 90)] + (code === 92 ? '!' : String.fromCharCode(code))
  }
  return text
}

/**
 * This function is published, as its own text: it refers to nothing outside.
 * @param {string} text
 * @param {number} length of the module
 */
export function decode(text, length) {
  const bytes = new Uint8Array(length)
  let added = 253 - 35
  for (let i = 0, n = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 124) added += 90 * (code - 124)
    else {
      bytes[n++] = added + (code === 33 ? 92 : code)
      added = 253 - 35
    }
  }
  return bytes
}
