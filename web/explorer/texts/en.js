/** English. prose() in dom.js turns `code` and *strong* into elements. Lists are passed as arrays. */

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`
const and = (items) => items.join(' and ').replace(/ and (?=.* and )/g, ', ')

const minus = (dim) => `${dim}`.replace('-', '−')
const slices = (count, axis, rank) => {
  const one = ['number', ['row', 'column'][axis], 'slice'][Math.min(rank, 3) - 1]
  const where = rank > 2 ? ` along axis ${axis}` : ''
  return `${count === 1 ? one : `${count} ${one}s`}${where}`
}

/** The two vectors that are compared. */
const partners = (axis, rank, index) =>
  rank === 1
    ? 'A with B'
    : rank === 2
      ? `${['column', 'row'][axis]} ${index} of A with ${['column', 'row'][axis]} ${index} of B`
      : `A${lane(axis, index)} with B${lane(axis, index)}`
const lane = (axis, index) => `[${[...index.slice(0, axis), ':', ...index.slice(axis)].join(', ')}]`

const named = (dims) => dims.map((dim) => `\`dim=${dim}\``).join(' or ')

/* What the three axes of a block count. */
const LAYERS = ['layer', 'row', 'column']
const axisName = (axis) => `axis ${axis} (${LAYERS[axis]})`
const counted = (axis, rank) => (rank === 1 ? 'number' : LAYERS[axis + 3 - rank])

/** How an axis is changed to fit. */
const fitted = ({ kind, axis, rank, count }) =>
  ({
    added: `repeat its last ${slices(1, axis, rank)}`,
    cut: `drop its last ${slices(count, axis, rank)}`,
    new: `repeat it along axis ${axis}`,
    gone: `keep only the first ${slices(1, axis, rank)}`,
  })[kind]

/** A slice, of which the colon is all that says which index runs. */
function sliceSpoken(operand, inside) {
  const parts = inside.split(', ')
  const [rank, runs] = [parts.length, parts.indexOf(':')]
  const of = operand ? ` of ${operand}` : ''
  if (rank > 3) return `index ${parts.map((part) => (part === ':' ? 'all' : part)).join(', ')}${of}`
  const rest = parts.flatMap((part, axis) => (axis === runs ? [] : `${counted(axis, rank)} ${part}`)).join(', ')
  if (runs < 0) return operand ? `${operand}, ${rest}` : rest
  if (rank === 1) return `every number${of}`
  return rank === 2 ? `${rest}${of}` : `every ${counted(runs, rank)}${of} at ${rest}`
}

/* What screen readers leave out or say as signs, in words. The first rules take what the last ones must not. */
const SPOKEN = /** @type {[RegExp, any][]} */ ([
  [/([A-Z]?)\[((?:\d+|:)(?:, (?:\d+|:))*)\]/g, (_, operand, inside) => sliceSpoken(operand, inside)],
  [/‖(\w)‖/g, 'length of $1'],
  [/max\(([^()]*), ([^()]*)\)/g, 'the larger of $1 and $2'],
  [/\((−[^()]*)\)²/g, 'the square of $1'],
  [/\((−[^()]*)\)/g, '$1'],
  [/√\(([^()]*)\)|√([\w.+-]+)/g, (_, sum, one) => `the root of ${sum ?? one}`],
  [/ \/ \(([^()]*) · ([^()]*)\)/g, ', divided by the product of $1 and $2'],
  [/Σ /g, 'sum of '],
  [/²/g, ' squared'],
  [/ ?· ?/g, ' times '],
  [/ \+ /g, ' plus '],
  [/ = /g, ' equals '],
  [/−(?=\d)/g, 'minus '],
  [/ \/ /g, ' or '],
  [/(runs|squeezed) →/g, '$1 sideways'],
  [/(runs|squeezed) ↓/g, '$1 down'],
  [/[\s\u00a0]*[→↓]/g, ''],
])

const WAYS = { right: '→', down: '↓', deep: 'from block to block' }

export default {
  'failure.fixed': 'The numbers below are a fixed example: they cannot be changed.',
  'failure.none': 'This interactive example does not run here.',
  'failure.noWebAssembly':
    'This browser has WebAssembly turned off, or has none. In Safari’s Lockdown Mode or with Edge’s enhanced security, exempt this site in the browser’s settings. Otherwise, update the browser. On a managed device, ask its administrator.',
  'failure.tooOld':
    'This browser is too old, or the device is. Update the browser: it has to be Chrome or Edge 91, Firefox 101, Safari 16.4, or newer.',
  'failure.forbidden':
    "Your browser is fine. This site’s security policy forbids the calculation. Only the site’s owner can allow it, with `'wasm-unsafe-eval'` in the `script-src` of its `Content-Security-Policy`.",
  'failure.noMemory': 'There is not enough memory. Close other tabs or programs, then reload the page.',
  'failure.unknown': (reason) =>
    `This browser could not start it. It has to be Chrome or Edge 91, Firefox 101, Safari 16.4, or newer. (${reason})`,

  spoken: (text) => SPOKEN.reduce((now, [sign, words]) => now.replace(sign, words), text),
  'spoken.becomes': ' becomes ',
  'spoken.shape': (sizes) =>
    sizes.length === 1 ? `a list of ${sizes[0]}` : sizes.length ? sizes.join(' by ') : 'a single number',

  'lane.name': (axis, rank, index) =>
    rank === 2 ? `${['column', 'row'][axis]} ${index}\u00a0${['↓', '→'][axis]}` : lane(axis, index),

  'link.complaint': (name, reason) => `Not everything in the link could be read. ${name}: ${reason}`,
  'link.escape': 'it has a % that escapes nothing.',
  'link.noValue': 'its value is missing.',
  'link.whole': (text) => `“${text}” is not a whole number.`,
  'link.tooLarge': (text, most) => `“${text}” is too large. ${most} is the most.`,
  'link.tooSmall': (text, least) => `“${text}” is too small. ${least} is the least.`,
  'link.tooLong': (text, most) => `“${text}” is longer than ${most} characters.`,
  'link.example': (text, names) => `there is no example “${text}”. There are ${names.join(', ')}.`,
  'link.card': (text, names) => `there is no card “${text}”. There are ${names.join(', ')}.`,
  'link.beat': (text, names) => `there is no beat “${text}”. There are ${names.join(', ')}.`,
  'link.key': (text) => `“${text}” is neither an output nor a cell.`,
  'link.stage': (text, names) => `there is no stage “${text}”. There are ${names.join(', ')}, and numbers from 0 to 1.`,
  'link.predict': (text) => `“${text}” is not a prediction.`,
  'link.language': (text) => `this page does not speak “${text}”, only en and zh-Hans.`,
  'link.library': (text, names) => `there is no code for “${text}”. There is for ${names.join(', ')}.`,
  'link.section': (texts, names) => `there is no section “${texts.join(', ')}”. There are ${names.join(', ')}.`,
  'link.dims': (count, most) => `it names ${count} dims. ${most} can be shown side by side.`,
  'link.replaced': (name, others) =>
    others.includes(name)
      ? `it has no effect, because another ${name} follows.`
      : `it has no effect, because ${others.join(' and ')} ${others.length > 1 ? 'are' : 'is'} given too.`,
  'link.name': (names) => `unknown. Known are ${names.join(', ')}.`,

  'attribute.complaint': (name, reason) => `In the attribute ${name}: ${reason}`,

  'tensor.ragged': 'its rows are not equally long.',
  'tensor.tooDeep': (most) => `it has more than ${most} axes, the most that can be drawn.`,
  'tensor.tooMany': (most) => `More than ${most} numbers are too many to draw.`,
  'tensor.brackets': 'its brackets do not match.',
  'tensor.unclosed': 'a closing bracket, ], is missing here or before.',

  'number.empty': 'is empty. Give a number.',
  'number.comma': (text, meant) => `is “${text}”. Write ${meant.join(' or ')}.`,
  'number.none': (text) => `is “${text}”, which is not a number.`,
  'number.tooLarge': (text) => `is “${text}”, too large for float32, which ends at 3.4e38.`,
  'eps.tooLarge': (text) => `is “${text}”, too large.`,
  'eps.refused': (reason) => `has to be 0 or more. PyTorch says: “${reason}”.`,
  'eps.hint': 'norms are clamped to at least this',
  'field.wrong': (name, problem) => `${name} ${problem}`,
  'field.restore': (good) => ` The last good value was ${good}; Esc brings it back.`,

  'angles.heading': 'Angles',
  'angles.lead':
    'Behind each result are two arrows, one from A and one from B. The result is the cosine of the angle between them: *1* when they point the same way, *0* at a right angle, *−1* when they point opposite ways. How long they are does not matter.',
  'angles.exact': 'Two numbers are an arrow: the first to the right, the second up.',
  'angles.move': ' Move a tip, and its cells follow.',
  'angles.plane': (count) =>
    count === 1
      ? 'One number is an arrow on a line: two point the same way, or opposite ways.'
      : `Arrows of ${count} numbers, drawn in the plane that the two span: their lengths and their angle are true.`,
  'angles.none': 'no angle',
  'angles.left': (count) => `${count} more are not drawn. Pin one above to see it here.`,
  'angles.tip': (name, lane, cell, axis) => `Tip of ${name} in ${lane}, ${['to the right', 'upwards'][axis]}: ${cell}`,
  'angles.zero': (names, cosine) =>
    `${and(names)} ${names.length === 1 ? 'has' : 'have'} length 0, and ${names.length === 1 ? 'points' : 'point'} nowhere: there is no angle, and the result is ${cosine}.`,
  'angles.clamped': (names, eps) =>
    `${and(names)} ${names.length === 1 ? 'is' : 'are'} shorter than eps = ${eps}, which counts as the length: the result is nearer to 0 than the cosine of the angle.`,

  'attention.heading': 'One target against many',
  'attention.lead':
    'A function such as `get_att_dis(target, behaviored)` compares `target` with each row of `behaviored`, and turns the similarities into shares: it divides them by their sum. `softmax` is the alternative.',
  'attention.examples': 'Examples',
  'attention.first': 'Three alike',
  'attention.opposite': 'One row opposite',
  'attention.cancelling': 'A sum of 0',
  'attention.zero': 'A zero target',
  'attention.caption': 'Similarity to the target, and the share of each row',
  'attention.row': 'row',
  'attention.rowName': 'behaviored',
  'attention.bySum': '`cos` / sum',
  'attention.total': 'sum',
  'attention.fine':
    'Either way the shares add up to 1. They are probabilities only as long as none is negative: dividing by the sum does not ensure that, `softmax` does.',
  'attention.negative':
    'The shares by sum still add up to 1, but *one below 0 is no probability*: dividing by the sum does not make a negative similarity positive. `softmax` makes every share positive.',
  'attention.turned':
    'The sum is below 0, and dividing by it *turns the order around*: the least similar row gets the largest share. With `softmax` the most similar row has it, whatever the signs.',
  'attention.notFinite': 'With `nan` or `inf` among the numbers, all shares are `nan`, as in PyTorch.',
  'attention.sumZero':
    'The similarities add up to 0, and dividing by 0 gives `inf`, or `nan` for 0 / 0, as in PyTorch. `softmax` is the cure: its sum is never 0.',
  'attention.allZero':
    'Each similarity is 0, so each share by sum is 0 / 0, which is `nan`, as in PyTorch. `softmax` is the cure: equal similarities get equal shares.',
  'attention.stale': 'Shares of the last good numbers, from before the marked input.',
  'attention.shapes': (target, behaviored) =>
    `target has the shape ${target}, behaviored ${behaviored}. They have to be (1, D) and (N, D), with the same D.`,
  'attention.said': (sum, softmax) => `Shares by sum: ${sum}; by softmax: ${softmax}`,

  'cards.heading': 'Common misconceptions',
  'cards.quoted': (idea) => `“${idea}”`,
  'cards.see': 'See it above',
  'cards.try': 'Then try:',
  'cards.back': 'Back to the card',
  'cards.addAxis': 'add an axis',
  'cards.take': (shape) => `take ${shape}`,
  'cards.rowsWrong': 'dim=0 gives one result for each row.',
  'cards.rows': (shape, down, right) =>
    `\`dim=0\` is the axis that is *squeezed* ↓ and vanishes: \`${shape}\` becomes \`${down}\`, one for each column. For one per row use \`dim=1\`: \`${shape}\` becomes \`${right}\`.`,
  'cards.vectorWrong': 'Two vectors need no dim.',
  'cards.vector': (shape) =>
    `The default is \`dim=1\`, and a vector of shape \`${shape}\` has only axis 0: write \`dim=0\`, or \`dim=-1\`.`,
  'cards.fromOneWrong': 'Dims count from 1, so a matrix has dims 1 and 2.',
  'cards.fromOne': (shape) =>
    `They count from 0, or from −1 backwards. \`${shape}\` has \`dim=0\`, or −2, and \`dim=1\`, or −1.`,
  'cards.squareWrong': 'The result’s shape will tell me if I used the wrong dim.',
  'cards.square': (shape, down, right) =>
    `Not for a square matrix: both dims give \`${shape}\`, \`${down}\` for 0 and \`${right}\` for 1. Try a shape whose sizes differ.`,
  'cards.pairsWrong': 'N rows with M rows give N × M results.',
  'cards.pairs': (a, b, result) =>
    `Each row meets only the one with its own number: 0 meets 0, 1 meets 1. For all pairs write \`A[:, None]\` and \`B[None]\`: \`${a}\` with \`${b}\`, along \`dim=-1\`, gives \`${result}\`.`,
  'cards.count': (count, claimed) => `${plural(count, 'result', 'results')}, not ${claimed}.`,
  'cards.keepdimWrong': 'The axis stays, with size 1.',
  'cards.keepdim': (shape, result, kept) =>
    `It vanishes: along \`dim=0\`, \`${shape}\` becomes \`${result}\`. There is no \`keepdim=True\` here, which would give \`${kept}\`; \`.unsqueeze(0)\` puts the axis back.`,
  'cards.softmaxWrong': 'softmax(x, dim=1) keeps the shape, so this does too.',
  'cards.softmax': (shape, result) =>
    `\`softmax\` makes the numbers along \`dim\` add up to 1, and returns all of them: \`${shape}\` stays \`${shape}\`. \`cosine_similarity\` makes one number of them: \`${shape}\` becomes \`${result}\`.`,
  'cards.ownWrong': 'A is a vector, so dim=0 is its only axis.',
  'cards.own': (a, b, common, first, second) =>
    `A \`${a}\` and B \`${b}\` are broadcast to \`${common}\` first, and \`dim\` counts there. \`dim=0\` is the axis that A lacks, and gives \`${first}\`; A’s own is \`dim=1\`, and gives \`${second}\`.`,
  'cards.lengthOneWrong': 'Nothing but 1 and −1: a perfect match.',
  'cards.lengthOne': (shape, result, meant) =>
    `Along an axis of size 1 each vector is a single number, and can only point the same way or the opposite one: \`${shape}\` along \`dim=0\` gives \`${result}\`. Along \`dim=1\` it is \`${meant}\`.`,
  'cards.zeroWrong': 'With a zero vector I get nan: 0 / 0.',
  'cards.zero': (norm1, norm2, result) =>
    `Norms are clamped to at least \`eps\`. So the dot product, 0, is divided by \`${norm1} · ${norm2}\`, not by 0, and the result is \`${result}\`. Only with \`eps=0\` is it \`nan\`.`,

  'code.heading': 'The same in code',
  'code.library': 'Library',
  'code.copy': 'Copy code',
  'code.copied': 'Code copied.',
  'code.notCopied': 'The browser does not allow copying. The code is selected: press Ctrl+C, or ⌘C.',
  'code.note': (library) =>
    ({
      PyTorch: 'Matches what is on the screen.',
      NumPy: 'NumPy has no cosine similarity: this is the definition, written out.',
      SciPy: 'SciPy takes two vectors at a time: the colon stands for the axis that vanishes.',
      cosdim: '`npm install cosdim`: the library that computes this page.',
    })[library],
  'code.overflow':
    'PyTorch squares these numbers in float32, which overflows or underflows: its results differ from those on the screen.',
  'code.noEps':
    'SciPy has no `eps`, and here `eps` decides: its results differ, and with a zero vector they are `nan`.',

  'collapse.heading': 'The axis that vanishes',
  'collapse.invite': 'Pick a boxed size: it goes.',
  'collapse.back': 'Both dims side by side',
  'collapse.sizes': (shape) => `The size of ${shape} that vanishes`,
  'collapse.size': (dim, negative, size) => `dim ${dim} (or ${minus(negative)}), size ${size}`,
  'collapse.names': (dim, negative) => `${dim} or\u00a0${negative}`,
  'collapse.vector': 'A and B',
  'collapse.caption': (dim, stage) => `dim=${dim}: ${stage}`,
  'collapse.stage': 'Stage',
  'collapse.at': (stage, place, of) => `${stage}, stage ${place} of ${of}`,
  'collapse.play': 'Play',
  'collapse.stop': 'Stop',
  'collapse.apart': 'A, B',
  'collapse.pair': 'pair',
  'collapse.multiply': 'multiply',
  'collapse.add': 'add',
  'collapse.divide': 'divide',
  'collapse.cosine': 'cosine',
  'collapse.apartWords': 'A and B, side by side.',
  'collapse.pairWords': (lanes) =>
    `Partners meet. ${lanes.map(([dim, ...lane]) => `dim=${dim}: ${partners(...lane)}`).join('; ')}.`,
  'collapse.repeated': (operands, common) =>
    ` ${and(operands)} ${operands.length > 1 ? 'are' : 'is'} repeated, so that both act as ${common}.`,
  'collapse.multiplyWords': 'Each pair is multiplied, and each number squared, for the two lengths.',
  'collapse.addWords': (changes) =>
    `${changes
      .map(({ dim, axis, rank, size, left }, i) => {
        const things = plural(size, counted(axis, rank), `${counted(axis, rank)}s`)
        const numbers = rank > 2 ? left : plural(left, 'number', 'numbers')
        const how = rank === 2 ? ['down each column', 'along each row'][axis] : `the ${things}`
        // Only the first is a whole sentence, so that three fit in a line.
        if (i) return `dim=${dim} ${how}: ${numbers}`
        const is = rank > 2 || left === 1 ? 'is' : 'are'
        return `dim=${dim} adds ${how}${size === 1 || rank === 2 ? '' : ' together'}: ${numbers} ${is} left`
      })
      .join('; ')}.`,
  'collapse.divideWords': 'Each sum is divided by the lengths of its two vectors.',
  'collapse.clamped': (eps) => ` Lengths are clamped to at least eps, ${eps}.`,
  'collapse.gone': (axis, common, shape) => `${common} has become ${shape}: axis ${axis} has vanished.`,
  'collapse.square': (common, shape) => `${common} has become ${shape} both times: a square hides which axis vanished.`,
  'collapse.both': ([dim, , common, shape], [otherDim, , , otherShape]) =>
    `${common} has become ${shape} with dim=${dim}, and ${otherShape} with dim=${otherDim}.`,
  'collapse.aside': (shape) =>
    `This picture has room for two axes of up to 6 each, or three of up to 5. The panels below show ${shape}.`,

  'heard.first': (numbers) => ` The first: ${numbers}.`,
  'heard.result': (dim, texts, shape) => `dim=${dim}: ${shape ? `${shape}, the first ${texts[0]}` : texts.join(', ')}.`,

  'space.axis': (axis) => `axis ${axis}`,
  'space.turn': 'Turn',
  'space.picture': ' the picture',
  'space.degrees': (degrees) => `${minus(degrees)}°`,
  'space.tables': 'Show tables',
  'space.onScreen': ' on the screen: screen readers always have them',
  'space.index': (axis, index) => `axis ${axis}: ${index}`,
  'space.layer': (operand, layer) => `${operand}, ${axisName(0)} ${layer}: ${axisName(1)} by ${axisName(2)}`,
  'space.result': (dim, shape, axes) => `The result along dim=${dim}, ${shape}: ${axes.map(axisName).join(' by ')}`,
  'space.all': 'All dims side by side',
  'space.gone': (common, changes) =>
    `${common} has become ${and(changes.map(([dim, shape]) => `${shape} with dim=${dim}`))}.`,
  'space.equal': (common, shape) => `${common} has become ${shape} each time: equal sizes hide which axis vanished.`,

  'story.heading': 'The story in five steps',
  'story.step': (place, of, title) => `${place} of ${of}: ${title}`,
  'story.next': (what) => `Next: ${what}`,
  'story.watch': (answer) => (answer ? `Is it ${answer}? Watch.` : 'Watch.'),
  'story.right': (why) => `*Right.* ${why}`,
  'story.square': 'Two dims, one square',
  'story.squareWords': 'Two numbers come out both times: `(2,)`. Which axis vanished?',
  'story.which': 'How many numbers come out?',
  'story.whichLead': 'add a column',
  'story.whichWords': (dims) => `A and B now have 2 rows and 3 columns, and you name ${named(dims)}.`,
  'story.anError': 'an error',
  'story.whichTwo': 'That is `dim=1`, one number for each row. `dim=0` gives 3, one for each column.',
  'story.whichThree': 'The axis of size 2 vanishes. There are 3 columns, and each leaves one number.',
  'story.whichSix': 'That is all of them. The axis you name vanishes: the 2 goes, and 3 numbers come out.',
  'story.whichError': 'A matrix has axes 0 and 1, so `dim=0` works: 3 numbers come out. `dim=2` would be an error.',
  'story.names': 'One axis, many names',
  'story.namesLead': 'what people call it',
  'story.namesWords':
    'Say “over the rows” and the rows vanish; say “one per row” and they stay. Pick a phrase to see its dim.',
  'story.perRow': 'one per row',
  'story.perRowSays': '`dim=1`: each row leaves one number. The rows stay, the columns vanish.',
  'story.overRows': 'over the rows',
  'story.overRowsSays': '`dim=0`: you go over the rows, down ↓. The rows vanish, the columns stay.',
  'story.alongRow': 'along each row',
  'story.alongRowSays': '`dim=1`: you walk along a row →, from column to column. It means the same as “one per row”.',
  'story.perColumn': 'one per column',
  'story.perColumnSays': '`dim=0`: each column leaves one number. It means the same as “over the rows”.',
  'story.numpy': 'NumPy’s axis=0',
  'story.numpySays': 'NumPy says `axis` where PyTorch says `dim`. Either way, axis 0 vanishes.',
  'story.lastSays':
    '`dim=-1` counts from the end: the last axis. In a matrix that is axis 1; in `(2, 3, 4)` it is axis 2.',
  'story.three': 'What is left of (2, 3, 4)?',
  'story.threeLead': 'a third axis',
  'story.threeWords': (dims) =>
    `A and B are now 2 layers of 3 rows and 4 columns: dims \`0, 1, 2\`. You name ${named(dims)}.`,
  'story.threeFirst':
    'That is `dim=0`. Dims count from 0, so `dim=1` is the middle size: the 3 vanishes, which leaves `(2, 4)`.',
  'story.threeMiddle': 'The 3 vanishes. The other sizes stay, in the same order.',
  'story.threeLast':
    'That is `dim=2`. In a matrix `dim=1` is the last size; here it is the middle one, the 3, which leaves `(2, 4)`.',
  'story.threeKept': 'The axis does not stay behind with size 1. It vanishes, which leaves `(2, 4)`.',
  'story.own': 'Your own numbers',
  'story.ownLead': 'your own numbers',
  'story.ownWords': 'Type over any number of A or B, or paste a matrix.',
  'story.broadcast': '(2, 3) with (3,)',
  'story.broadcastSays': 'B’s one row meets each row of A: B is *broadcast* to `(2, 3)`, where `dim` counts.',
  'story.noDimSays': 'A matrix has no third axis, so `dim=2` is an error.',
  'story.more': 'Cells and files',
  'story.onward': 'what will the shape be?',

  'contents.heading': 'On this page',

  'inputs.heading': 'The inputs A and B',
  'inputs.caption': (operand, shape) => `${operand}, shape ${shape}`,
  'inputs.axis': (axis, arrow) => `axis ${axis} ${arrow}`.trim(),
  'inputs.pictured': (operand) => `${operand} in the picture`,
  'inputs.arrows': '. Arrow keys go from cell to cell.',
  'inputs.cell': (operand, index) =>
    index.length === 2
      ? `${operand}, row ${index[0]}, column ${index[1]}`
      : index.length === 3
        ? `${operand}, ${index.map((at, axis) => `${LAYERS[axis]} ${at}`).join(', ')}`
        : index.length
          ? `${operand}, index ${index.join(', ')}`
          : operand,

  'undo.cell': (cell, value) => `${cell} is ${value} again.`,

  'paste.refused': (operand, reason) => `${operand} is as before. ${reason}`,
  'paste.at': (line, character, reason) => `Line ${line}, character ${character}: ${reason}`,
  'paste.cell': (problem) => `this cell ${problem}`,
  'paste.tooMany': (count, most) => `${count} numbers are too many to draw: ${most} is the most.`,
  'paste.shortened': 'the printout was shortened here: it lacks numbers. Print all of it first.',
  'paste.nothing': 'There are no numbers in it.',
  'paste.several': 'a second tensor begins. Paste one at a time.',
  'paste.blocks': 'the printout goes on in another block here. Paste one block at a time.',
  'paste.outside': (text) => `“${text}” is outside the brackets. Put all numbers inside.`,
  'paste.call': (name) => `${name}(…) is code, which this page does not run. Paste what it prints.`,
  'paste.range': 'a range such as 1:4 is code, which this page does not run. Paste what it prints.',
  'paste.command': (name) => `${name} is a LaTeX command, which this page does not run. Write the number.`,
  'paste.mixed': 'both commas and spaces separate numbers. Use only one of them.',
  'paste.marks': (text) =>
    `“${text}” has a decimal point, but other numbers have decimal commas. Use only one of them.`,
  'paste.tooLong': 'The text is too long. Take a part of it.',
  'paste.taken': (operand, sentences) => `${operand} was replaced. ${sentences.join(' ')}`,
  'paste.leftOut': (parts) => `Left out: ${parts.join(', ')}.`,
  'paste.header': 'the header',
  'paste.index': 'the index column',
  'paste.comments': 'the comments',
  'paste.text': (text) => `“${text}”`,
  'paste.read': (text, number) => `“${text}” was read as ${number}.`,
  'paste.lines': 'Each line was read as a row.',
  'paste.separators': 'Commas were read as separators. Write decimals with a point.',
  'paste.first': (taken, whole) =>
    `Only the first ${taken.join(' × ')} of ${whole.join(' × ')} numbers were taken. More could not be drawn.`,
  'file.binary': 'This is not a file that the page reads. Save the numbers as .npy or .csv.',
  'file.several': 'Drop one file at a time.',
  'file.unreadable': 'The browser could not read this file.',
  'npy.archive': (name) =>
    `This is an archive of arrays. Save one of them as .npy: np.save('a.npy', np.load('a.npz')['${name}']).`,
  'npy.structured': (fields) =>
    `Its elements are structured: ${fields.join(', ')}. Save one field: np.save('a.npy', a['${fields[0]}']).`,
  'npy.header': 'NumPy could not read this .npy file: its header is damaged.',
  'npy.dtype': (dtype, known) =>
    `The file’s dtype is ${dtype}. This page reads ${known.join(', ')}. Save a.astype('float32').`,
  'npy.short': (wanted, got) => `The file is cut off: it should have ${wanted} bytes of numbers, but has ${got}.`,
  'npy.long': (wanted) =>
    `The file goes on after the ${wanted} bytes of its array. If it has several arrays, save each in a file of its own.`,
  'npy.cell': (index, problem) => `The file’s element [${index.join(', ')}] ${problem}`,
  'tools.heading': (eps) => `Sizes, files, eps${eps === false ? '' : ` = ${eps}`}`,
  'tools.sizes': (operand) => `Sizes of ${operand}`,
  'tools.add': (operand, axis, rank) =>
    `${operand}: add a ${rank === 2 ? ['row', 'column'][axis] : `slice along axis ${axis}`}`,
  'tools.remove': (operand, axis, rank) =>
    `${operand}: remove the last ${rank === 2 ? ['row', 'column'][axis] : `slice along axis ${axis}`}`,
  'tools.open': 'Open a file',
  'tools.file': (operand) => `Open a file for ${operand}: .npy, .csv`,
  'tools.hint':
    'Paste `[[1, 2], [3, 4]]`, a printed tensor, cells of a spreadsheet or CSV into any cell, or drop a .npy or .csv file on A or B.',

  'presets.heading': 'Change a number, or pick an example',
  'presets.equal': 'Equal sizes hide which axis has vanished. Pick a shape whose sizes differ to see it.',
  'presets.unequal': 'The sizes differ, so the shape of the result shows which axis has vanished.',
  'presets.undo': 'You edited these. Ctrl+Z (⌘Z) undoes it.',
  'presets.iris': 'iris',
  'presets.irisSource':
    '150 iris flowers × sepal length, sepal width, petal length, petal width in cm (Anderson’s measurements, in Fisher 1936), each with the mean flower, broadcast from (1, 4).',
  'presets.pairs': 'all pairs',
  'presets.pairsShape': '(2, 1, 2) with (1, 2, 2): each row of A with each row of B',

  'panels.heading': 'The same inputs along different dims',
  'panels.dims': 'dim',
  'panels.shape': 'Shape: ',
  'panels.broadcast': (a, b, common) =>
    `A ${a} and B ${b} are broadcast first: both act as ${common}. Dashed cells are repeats.`,
  'panels.runs': (axis, flow) => `Axis ${axis} is squeezed ${WAYS[flow]} and vanishes.`,
  'panels.stays': (axes, sizes) =>
    axes.length === 0
      ? ' No axis stays: one output.'
      : axes.length === 1
        ? ` Axis ${axes[0]} stays: ${plural(sizes[0], 'output', 'outputs')}.`
        : ` Axes ${and(axes)} stay: ${sizes.join('\u00a0×\u00a0')} outputs.`,
  'panels.stale': 'Result of the last good numbers, from before the marked input.',
  'panels.none': 'No result yet: the marked input has to be put right first.',
  'panels.more': (dim) => `+ compare another dim: ${dim}`,
  'panels.remove': (dim) => `Remove the panel dim=${dim}`,
  'panels.try': 'To put it right:',
  'panels.arrows': (count) => `${count} outputs. Arrow keys go from one to the next.`,
  'panels.reshaped': (shapes) =>
    `${shapes.map(([operand, shape], i) => `${operand} ${i ? '' : 'is now '}${shape}`).join(', ')}.`,
  'panels.only': (dim, back) => `Only dim=${dim} is shown.${back ? ` “${back}” brings the others back.` : ''}`,
  'panels.apartHeard': (a, b) =>
    `A is ${a}, B is ${b}: they do not broadcast. Two repairs are below, under a heading that says so.`,
  'panels.apart': (a, b) => `A ${a} and B ${b} do not broadcast`,
  'panels.rule':
    'Line the two shapes up from the right. At each place the sizes must be equal, or one of them is 1 or missing.',
  'panels.noDim': (dim, common, dims) => `${common} has no dim=${minus(dim)}. It has ${and(dims.map(minus))}.`,
  'panels.fit': (operand, shape, changes) => `give ${operand} the shape ${shape}: ${and(changes.map(fitted))}`,
  'panels.from': (slices) => `, from ${slices.join(' and ')}`,

  'predict.heading': 'Predict it first',
  'predict.invite': 'Guess first; results stay hidden until you answer.',
  'predict.rest': 'The rest of the page is hidden meanwhile. “Skip”, or Esc, brings it back.',
  'predict.covered': 'covered while you predict',
  'predict.start': (dim) => `Predict dim=${dim}`,
  'predict.again': (dim, isRight) => `${isRight ? '✓ ' : ''}dim=${dim} again`,
  'predict.skip': 'Skip, show me',
  'predict.shape': 'Shape of the result',
  'predict.shapeHint': 'as in (4,) or (2, 3); () for a single number',
  'predict.unreadable': (text) =>
    `${text ? `“${text}” cannot be read as a shape. ` : ''}Write the sizes in parentheses: \`(4,)\` or \`(2, 3)\`.`,
  'predict.same': 'Another dim would give the same shape here. What differs is which numbers go together.',
  'predict.struck': (other, dim, axis) => `You removed axis ${other}; \`dim=${dim}\` removes axis ${axis}.`,
  'predict.strike': (common) => `Take \`${common}\` and strike one size out.`,
  'predict.cells': (given, dim) =>
    `\`${given}\` is given. Mark every other number that goes into the same output along \`dim=${dim}\`, in A and in B.`,
  'predict.state': (state) =>
    ({ given: 'given', marked: 'marked', right: 'right', wrong: 'wrong', missed: 'missed' })[state],
  'predict.ran': (other, otherFlow, dim, axis, flow) =>
    `You squeezed axis ${other} ${WAYS[otherFlow]}. \`dim=${dim}\` squeezes axis ${axis} ${WAYS[flow]}.`,
  'predict.half': (has, lacks) =>
    `Those are right in ${has}. The numbers at the same places in ${lacks} belong with them.`,
  'predict.some': (found, of, extra, axis, flow) =>
    `${found} of ${of} found${extra ? `, ${extra} wrong` : ''}. Axis ${axis} is squeezed ${WAYS[flow]}, in A and in B.`,
  'predict.made': (result, isPinned) =>
    `*Right.* Together they make ${result}${isPinned ? ': it is pinned below' : ''}.`,

  'quiz.heading': 'What will the shape be?',
  'quiz.lead': 'Nothing is recorded.',
  'quiz.asked': (a, b, dim) =>
    `A has the shape \`${a}\`, B \`${b}\`. What is the shape of \`F.cosine_similarity(A, B, dim=${dim})\`?`,
  'quiz.anError': 'none: it is an error',
  'quiz.check': 'Check',
  'quiz.this': 'the shapes of this question',
  'quiz.another': 'Another one',
  'quiz.choose': 'Choose an answer first.',
  'quiz.isRight': '*Right.*',
  'quiz.isWrong': (why) => `*Not quite.* ${why}`,
  'quiz.whole': 'That is the shape before the axis vanishes.',
  'quiz.keeps': 'That keeps the axis, with size 1, as keepdim=True would; here it vanishes.',
  'quiz.only': (axis) => `That is the size of axis ${axis}, the one that vanishes.`,
  'quiz.otherDim': (dim, negative) => `That is what \`dim=${dim}\`, or \`${negative}\`, gives.`,
  'quiz.isError': 'These shapes do not broadcast.',
  'quiz.noError':
    'There is such a dim, and the shapes broadcast: lined up from the right, sizes are equal, or one of them is 1 or missing.',
  'quiz.broadcast': (common) => `Both are broadcast to \`${common}\` first. `,
  'quiz.runs': (axis, common, shape) => `Axis ${axis} vanishes: \`${common}\` becomes \`${shape}\`.`,
  'quiz.error': (words) => `PyTorch says: \`${words}\`.`,

  'stepper.heading': 'Step by step',
  'stepper.output': 'Output',
  'stepper.moves': 'Move through the steps',
  'stepper.back': 'Back',
  'stepper.next': 'Next',
  'stepper.play': 'Play',
  'stepper.pause': 'Pause',
  'stepper.phases': 'Parts of the definition',
  'stepper.progress': (step, steps) => `Step ${step} of ${steps}`,
  'stepper.table': (slices) => `Terms of ${slices.join(' and ')}`,
  'stepper.broadcast': 'broadcast',
  'stepper.pair': 'pair',
  'stepper.dot': 'dot',
  'stepper.norms': 'norms',
  'stepper.clamp': 'clamp by eps',
  'stepper.divide': 'divide',
  'stepper.same': (shape) =>
    `A and B have the same shape, ${shape}, so nothing is repeated: each number already has its partner. Next: pair them.`,
  'stepper.repeated': (a, b, common) =>
    `A is ${a}, B is ${b}. Where one has size 1, or no such axis, it is repeated: both act as ${common}. Dashed cells are repeats.`,
  'stepper.lane': (axis, flow, [a, b], count) =>
    `Axis ${axis} runs ${WAYS[flow]} through ${a} and ${b}. Two numbers at the same place are a pair: ${plural(count, 'pair', 'pairs')}.`,
  'stepper.term': (term, count) => `Pair ${term} of ${count}: multiply its two numbers, and add.`,
  'stepper.terms': (from, to, count) =>
    `Pairs ${from} to ${to} of ${count}: multiply the two numbers of each, and add.`,
  'stepper.dotSoFar': (sum) => ` The sum so far is ${sum}.`,
  'stepper.dotWhole': (sum) => ` The sum of all products is the dot product, ${sum}.`,
  'stepper.norm': (name, norm) =>
    `The norm of ${name} is its length: square each number, add the squares, take the root. ‖${name}‖ is ${norm}.`,
  'stepper.notClamped': (eps) =>
    `No norm counts as less than eps, ${eps}. Both norms are larger, so it changes nothing.`,
  'stepper.clamped': (names, eps) =>
    `No norm counts as less than eps, ${eps}. ${and(names.map((name) => `‖${name}‖`))} ${names.length === 1 ? 'is' : 'are'} smaller, so eps takes ${names.length === 1 ? 'its' : 'their'} place.`,
  'stepper.quotient': (index, result) =>
    `Divide the dot product by both norms. ${index.length ? `This is element [${index.join(', ')}] of the result` : 'This is the result'}: ${result}.`,
  'stepper.notFinite': 'With nan or inf among the numbers, the result is nan.',
  'stepper.nan': 'A norm of 0 and an eps of 0 make this 0 divided by 0, which is not a number: nan.',

  'working.vectors': (a, b) => ` a = ${a}, b = ${b}`,
  'working.clamped': (name, norm, eps) => `‖${name}‖ = ${norm} is less than eps = ${eps}, so eps takes its place.`,
  'working.angle': (degrees) => `The angle between a and b: ${degrees}°`,
  'working.noAngle': 'No angle: one of the two has length 0, or nan or inf in it.',

  'sharing.image': 'Copy as image',
  'sharing.copied': 'The picture is copied: paste it where you need it.',
  'sharing.saved': 'The picture is in your downloads.',
  'sharing.noImage': 'No picture could be made here.',
  'sharing.embed': 'Embed',
  'sharing.lead': 'Paste this into your page. It shows what is on the screen now.',
  'sharing.label': 'HTML to embed',
  'sharing.link': 'What dim does in cosine_similarity',
  'sharing.serve':
    'To serve the script yourself, copy `explorer.js` and `cosdim.js` from the package’s `dist/` into one folder.',
  'sharing.copy': 'Copy',
  'sharing.embedded': 'Copied.',
  'sharing.select': 'The text is selected: copy it with Ctrl+C, or ⌘C.',
  'sharing.close': 'Close',

  'present.heading': 'Present mode',
  'present.sentence': 'The dim you name is the dim that vanishes',
  'present.back': 'Back',
  'present.on': 'Next',
  'present.whole': 'Full screen',
  'present.leave': 'Leave present mode',
  'present.squareAsks': '2 rows and 2 columns. What does `dim=0` leave? And `dim=1`?',
  'present.shapes': 'Another shape',
  'present.screens': 'All screens',
  'present.blank': 'The screen is black. Any key shows it again.',
  'present.first': 'This is the first screen.',
  'present.last': 'That was the last screen.',
  'present.said': (place, of, title) => `Screen ${place} of ${of}: ${title}`,

  'notes.heading': 'Notes',
  'notes.how':
    'Point at a result or a number, or go to it by keyboard, to see what belongs together. Choose a result to pin it; Esc unpins it.',
  'notes.printing':
    'Numbers are printed as PyTorch prints them, to four decimals. The computation does not round them.',
}
