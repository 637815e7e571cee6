/** Writes the Python and JavaScript that compute what is on the screen, with the results as comments. */
import { pytorchWords } from '../texts/languages.js'

const INDEXES = 'ijkl'
const DEFAULT_EPS = 1e-8

/** Writes a number as a Python float or a JavaScript number of the same value. */
function pythonNumber(value) {
  if (!Number.isFinite(value)) return `float('${value}')`.toLowerCase().replace('inity', '')
  const text = signed(value)
  return Number.isInteger(value) && !text.includes('e') ? `${text}.` : text
}
const signed = (value) => (Object.is(value, -0) ? '-0' : `${value}`)

const LONGEST_LINE = 72

/** Writes nested lists: on one line if they fit, otherwise one row per line. */
function nested({ shape, values }, write, margin) {
  const texts = values.map(write)
  const inner = (depth, separator, place) => {
    if (depth === shape.length) return texts[place]
    const step = shape.slice(depth + 1).reduce((count, size) => count * size, 1)
    const parts = Array.from({ length: shape[depth] }, (_, i) => inner(depth + 1, separator, place + i * step))
    return `[${parts.join(depth < shape.length - 1 ? separator(depth) : ', ')}]`
  }
  const line = inner(0, () => ', ', 0)
  return line.length <= LONGEST_LINE ? line : inner(0, (depth) => `,\n${' '.repeat(margin + depth + 1)}`, 0)
}

const assigned = (before, operand, after, write) => `${before}${nested(operand, write, before.length)}${after}`

/** NumPy cannot sum a 0-d array along an axis; PyTorch treats it as 1-D. */
const atLeast1d = ({ shape, values }) => ({ shape: shape.length ? shape : [1], values })

const comment = (sign, text) =>
  text
    .split('\n')
    .map((line) => `${sign} ${line}`)
    .join('\n')

/** What PyTorch prints or raises for a view: the printed result, or the first sentence of the error. */
const said = ({ printed, error }) => printed ?? (typeof error === 'string' ? pytorchWords(error) : undefined)

const answered = (call, sign, text) => (text === undefined ? call : `${call}\n${comment(sign, text)}`)

function pytorch({ a, b, eps }, views) {
  const option = eps === DEFAULT_EPS ? '' : `, eps=${eps}`
  return [
    'import torch\nimport torch.nn.functional as F',
    [assigned('A = torch.tensor(', a, ')', pythonNumber), assigned('B = torch.tensor(', b, ')', pythonNumber)],
    ...views.map((view) => answered(`print(F.cosine_similarity(A, B, dim=${view.dim}${option}))`, '#', said(view))),
  ]
}

const arrays = ({ a, b }, [{ common }]) => [
  assigned('A = np.array(', atLeast1d(a), ')', pythonNumber),
  assigned('B = np.array(', atLeast1d(b), ')', pythonNumber),
  ...(`${a.shape}` === `${b.shape}`
    ? []
    : [`A, B = np.broadcast_arrays(A, B)${common ? `  # (${common.join(', ')})` : ''}`]),
]

/** Printed the way NumPy prints it. */
const bare = (printed) => printed.replace(/^tensor\(|\)$/g, '').replaceAll('\n       ', '\n')

/** A view without a result gets PyTorch's error in place of a call, because NumPy words its errors differently. */
const computed = (view, call, isAnswered = true) =>
  view.printed === undefined
    ? comment('#', `dim=${view.dim}${said(view) ? `: ${said(view)}` : ''}`)
    : answered(call(view), '#', isAnswered ? bare(view.printed) : undefined)

const numpy = (inputs, views) => [
  'import numpy as np',
  arrays(inputs, views),
  [
    `def cosine_similarity(a, b, axis, eps=${inputs.eps}):`,
    '    norm_a = np.maximum(np.linalg.norm(a, axis=axis), eps)',
    '    norm_b = np.maximum(np.linalg.norm(b, axis=axis), eps)',
    '    return (a * b).sum(axis=axis) / (norm_a * norm_b)',
  ],
  ...views.map((view) => computed(view, ({ dim }) => `print(cosine_similarity(A, B, axis=${dim}))`)),
]

/** A colon stands for the running index. Each remaining index gets a loop. */
function scipy(inputs, views) {
  const call = ({ axis, common }) => {
    const at = common.map((_, i) => (i === axis ? ':' : INDEXES[i])).join(', ') || ':'
    const loops = common.map((size, i) => ({ i, size })).filter(({ i }) => i !== axis)
    const one = `1 - distance.cosine(A[${at}], B[${at}])`
    return `print(${loops.reduceRight((inner, { i, size }) => `[${inner} for ${INDEXES[i]} in range(${size})]`, one)})`
  }
  return [
    'import numpy as np\nfrom scipy.spatial import distance',
    arrays(inputs, views),
    ...views.map((view) => computed(view, call, !isDecidedByEps([view]))),
  ]
}

function cosdim({ a, b, eps }, views) {
  const option = eps === DEFAULT_EPS ? '' : `, eps: ${eps}`
  return [
    "import { cosineSimilarity } from 'cosdim'",
    [assigned('const A = ', a, '', signed), assigned('const B = ', b, '', signed)],
    ...views.map((view) =>
      answered(`console.log(String(cosineSimilarity(A, B, { dim: ${view.dim}${option} })))`, '//', said(view)),
    ),
  ]
}

const WRITERS = { PyTorch: pytorch, NumPy: numpy, SciPy: scipy, cosdim }

export const LIBRARIES = Object.keys(WRITERS)

/**
 * @param {string} library one of LIBRARIES
 * @param {import('../model/explanations.js').View[]} views at least one, all of the same inputs
 */
export const writeCode = (library, views) =>
  `${WRITERS[library](views[0].inputs, views)
    .map((block) => [block].flat().join('\n'))
    .join('\n\n')}\n`

/** Whether eps changes a result. SciPy has no eps, so its result then differs. */
export const isDecidedByEps = (views) =>
  views
    .flatMap(({ outputs = [] }) => outputs)
    .some(({ working }) => working.clamped1 > working.norm1 || working.clamped2 > working.norm2)
