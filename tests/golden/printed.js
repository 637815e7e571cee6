/**
 * What TensorFlow.js and Node print, for the page to read when it is pasted: as printed.py does. Needs
 * @tensorflow/tfjs-core and @tensorflow/tfjs-backend-cpu, which nothing else here needs.
 *
 *     node tests/golden/printed.js tfjs > tests/golden/printed-tfjs.json
 *     node tests/golden/printed.js node > tests/golden/printed-node.json
 */
import { inspect } from 'node:util'

const VALUES = [
  [
    [2, 2],
    [1, 2, 3, 4],
  ],
  [
    [2, 2],
    [1.5, -2.25, 1000, 0.125],
  ],
  [[3], [1.5, -2.25, 8]],
  [
    [2, 2],
    [NaN, Infinity, -Infinity, 2],
  ],
  [
    [2, 2, 2],
    [1, 2, 3, 4, 5, 6, 7, 8],
  ],
  [[30, 30], Array(900).fill(1)],
]

async function tfjs() {
  const [tf] = await Promise.all(['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'].map((name) => import(name)))
  const texts = (shape, values) => [false, true].map((isVerbose) => tf.tensor(values, shape).toString(isVerbose))
  return [tf.version_core, texts]
}

const node = () => [
  process.versions.node,
  (shape, values) => [
    inspect(split(shape, values)),
    ...(shape.length === 1 ? [inspect(Float32Array.from(values)), inspect(Float64Array.from(values))] : []),
    ...(shape.length === 2 ? [inspect(split(shape, values).map((row) => Float32Array.from(row)))] : []),
  ],
]

/**
 * Nested lists of a shape.
 * @param {number[]} shape
 */
function split([size, ...sizes], values) {
  if (size === undefined) return values[0]
  const step = values.length / size
  return Array.from({ length: size }, (_, i) => split(sizes, values.slice(i * step, (i + 1) * step)))
}

const [version, textsOf] = await { tfjs, node }[process.argv[2]]()
const plain = (value) => (Number.isFinite(value) ? value : `${value}`)
const printed = VALUES.flatMap(([shape, values]) =>
  [...new Set(textsOf(shape, values))].map((text) =>
    JSON.stringify({
      expression: `${JSON.stringify(shape)}, ${values.slice(0, 8)}`,
      text,
      ...(text.includes('...') ? {} : { shape, numbers: values.map(plain) }),
    }),
  ),
)
console.log(`{"version": "${version}", "printed": [\n${printed.join(',\n')}\n]}`)
