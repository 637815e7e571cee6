/** English. `code` and *strong* are marked; dom.js, prose(), makes elements of them. Lists come as arrays. */

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`
const and = (items) => items.join(' and ').replace(/ and (?=.* and )/g, ', ')

const WAYS = { right: '→', down: '↓', deep: '↘, from block to block,' }

export default {
  'page.title': 'cosine_similarity: what dim does',
  'page.heading': 'What `dim` does in `cosine_similarity`',
  'page.lead':
    '`dim` names the index that runs. A’s numbers along it are compared with B’s, and that axis is gone from the result.',
  'page.otherLanguage': '中文',
  'page.share': 'Copy link',
  'page.shared': 'Link copied. It opens the page just as it is now.',
  'page.notShared': 'The link is in the address bar: copy it from there.',

  'failure.fixed': (reason) => `The numbers below are a fixed example: the page could not start to compute. ${reason}`,

  'link.complaint': (name, reason) => `Not everything in the link could be read. ${name}: ${reason}`,
  'link.escape': 'a % that escapes nothing.',
  'link.noValue': 'a name without =, and without a value.',
  'link.whole': (text) => `“${text}” is no whole number.`,
  'link.key': (text) => `“${text}” is neither an output nor a cell.`,
  'link.language': (text) => `“${text}” is no language of this page. It knows en and zh-Hans.`,
  'link.section': (text, names) => `there is no section “${text}”. There are ${names.join(', ')}.`,
  'link.name': (names) => `unknown. Known are ${names.join(', ')}.`,

  'tensor.ragged': 'its rows are not equally long.',
  'tensor.tooDeep': (most) => `it has more than ${most} dims, the most that can be drawn.`,
  'tensor.tooMany': (most) => `More than ${most} numbers are too many to draw.`,
  'tensor.brackets': 'its brackets do not match.',

  'number.empty': 'is empty. Give a number.',
  'number.comma': (text, pointed) => `is “${text}”. Write ${pointed}.`,
  'number.none': (text) => `is “${text}”, which is not a number.`,
  'number.tooLarge': (text) => `is “${text}”, too large for float32, which ends at 3.4e38.`,
  'eps.tooLarge': (text) => `is “${text}”, too large for a number.`,
  'eps.refused': (reason) => `is wrong: ${reason}`,
  'eps.hint': 'the least that a norm counts as',
  'field.wrong': (name, problem) => `${name} ${problem}`,
  'field.restore': (good) => ` The last good value was ${good}; Esc brings it back.`,

  'inputs.heading': 'The inputs A and B',
  'inputs.caption': (operand, shape) => `${operand}, shape ${shape}`,
  'inputs.axis': (axis, arrow) => `index ${axis} ${arrow}`,
  'inputs.cell': (operand, index) =>
    index.length === 2
      ? `${operand}, row ${index[0]}, column ${index[1]}`
      : index.length
        ? `${operand}, index ${index.join(', ')}`
        : operand,

  'presets.heading': 'Examples',
  'presets.hint': 'In a square both results are equally long. Take another shape to see which axis is gone.',
  'presets.pairs': 'all pairs',
  'presets.pairsShape': '(2, 1, 2) with (1, 2, 2): each row of A with each row of B',

  'panels.heading': 'The same inputs along different dims',
  'panels.dims': 'dim',
  'panels.shape': 'Shape: ',
  'panels.broadcast': (a, b, common) =>
    `A ${a} and B ${b} are broadcast first: both act as ${common}. Dashed cells are repeats.`,
  'panels.runs': (axis, flow) => `Index ${axis} runs ${WAYS[flow]} and disappears.`,
  'panels.stays': (axes, sizes) =>
    axes.length === 0
      ? ' No index stays: one output.'
      : axes.length === 1
        ? ` Index ${axes[0]} stays: one output for each of its ${plural(sizes[0], 'value', 'values')}.`
        : ` Indices ${and(axes)} stay: ${sizes.join('\u00a0×\u00a0')} outputs.`,
  'panels.stale': 'Last good result, from before the marked input.',
  'panels.none': 'No result yet: the marked input has to be mended first.',
  'panels.from': (slices) => `, from ${slices.join(' and ')}`,

  'working.vectors': (a, b) => ` a = ${a}, b = ${b}`,
  'working.clamped': (name, norm, eps) => `‖${name}‖ = ${norm} is less than eps = ${eps}, so eps takes its place.`,
  'working.angle': (degrees) => `The angle between a and b: ${degrees}°`,
  'working.noAngle': 'No angle: one of the two has length 0.',

  'notes.heading': 'Notes',
  'notes.how':
    'Point at a result, or at a number, to see what belongs together. Click a result to keep it, Esc lets it go.',
  'notes.printing':
    'Numbers are printed as PyTorch prints them, rounded to four decimals; what they are computed from is not.',
}
