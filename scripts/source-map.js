/**
 * Makes source maps small enough to publish: an error's stack names the file and line of the repository. With every column,
 * and the text of the sources, they would be a quarter of the package.
 */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** A segment's numbers, in base64 digits of five bits, the lowest first. The sixth bit says that another digit follows. */
function decode(segment) {
  const numbers = []
  let value = 0
  let shift = 0
  for (const character of segment) {
    const digit = DIGITS.indexOf(character)
    value |= (digit & 31) << shift
    shift += 5
    if (digit & 32) continue
    numbers.push(value & 1 ? -(value >> 1) : value >> 1)
    value = 0
    shift = 0
  }
  return numbers
}

function encode(number) {
  let value = number < 0 ? (-number << 1) | 1 : number << 1
  let text = ''
  do {
    text += DIGITS[(value & 31) | (value > 31 ? 32 : 0)]
    value >>= 5
  } while (value)
  return text
}

/** The decoded segments of each line of code. Columns start afresh with the line; sources and lines do not. */
function* decoded(mappings) {
  let [source, line] = [0, 0]
  for (const segments of mappings.split(';')) {
    let column = 0
    yield segments.split(',').flatMap((segment) => {
      const [columns, sources = 0, lines = 0] = decode(segment)
      if (columns === undefined) return []
      column += columns
      source += sources
      line += lines
      return [{ column, source, line }]
    })
  }
}

/** Keeps the first segment of each stretch from one source line. A source without a new index is not mapped. */
function lineMappings(mappings, newIndex) {
  let [lastSource, lastLine, last] = [0, 0, '']
  const lines = []
  for (const segments of decoded(mappings)) {
    let lastColumn = 0
    const kept = []
    for (const { column, source, line } of segments) {
      const index = newIndex[source]
      const here = index < 0 ? 'nowhere' : `${index}:${line}`
      if (here === last) continue
      const numbers = index < 0 ? [column - lastColumn] : [column - lastColumn, index - lastSource, line - lastLine, 0]
      kept.push(numbers.map(encode).join(''))
      lastColumn = column
      last = here
      if (index >= 0) [lastSource, lastLine] = [index, line]
    }
    lines.push(kept.join(','))
  }
  return lines.join(';')
}

/* Styles and data have no lines that could throw, and the names in cosdim/npy are minified already. */
const UNMAPPED = /^npy\.js$|\.(?:css|json)$/

/** @param {string} json a source map */
export function slim(json) {
  const { version, sources, mappings } = JSON.parse(json)
  const kept = sources.filter((source) => !UNMAPPED.test(source))
  return JSON.stringify({
    version,
    sources: kept,
    names: [],
    mappings: lineMappings(
      mappings,
      sources.map((source) => kept.indexOf(source)),
    ),
  })
}
